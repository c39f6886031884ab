function __llmpath_answers
    command -q llmpath; or return
    set -lx _LLMPATH_COMPLETE fish
    set -lx _LLMPATH_WORDS (string join \n -- (commandline -opc) (commandline -ct) | string collect)
    set -l answers (command llmpath 2>/dev/null)
    if test $status -eq 0
        string join -- \n $answers
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c llmpath -f -a '(__llmpath_answers)'
