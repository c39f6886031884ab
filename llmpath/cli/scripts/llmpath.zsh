_llmpath() {
    (( $+commands[llmpath] )) || return 1
    local answers
    if answers="$(_LLMPATH_COMPLETE=zsh _LLMPATH_WORDS="${(pj:\n:)words[1,CURRENT]}" llmpath 2>/dev/null)"; then
        [[ -n $answers ]] || return 1
        local -a found=("${(@f)answers}")
        _describe -V llmpath found
    else
        [[ $PREFIX == -*=* ]] && compset -P '*='
        _files
    fi
}
(( $+functions[compdef] )) || { autoload -Uz compinit && compinit -i }
compdef _llmpath llmpath
