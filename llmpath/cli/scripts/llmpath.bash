_llmpath() {
    local IFS=$'\n' answers answer
    COMPREPLY=()
    type -P llmpath >/dev/null || return 0
    answers=$(_LLMPATH_COMPLETE=bash _LLMPATH_WORDS="${COMP_WORDS[*]:0:COMP_CWORD+1}" llmpath 2>/dev/null) || return 0
    compopt +o default 2>/dev/null
    [ -n "$answers" ] || return 0
    while IFS= read -r answer; do COMPREPLY+=("$answer"); done <<<"$answers"
}
complete -o default -F _llmpath llmpath
