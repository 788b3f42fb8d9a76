# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# Completion for bash. The program itself is asked what may follow; where it knows nothing, files are offered.
_lrng() {
    local line="lrng ${COMP_WORDS[*]:1:COMP_CWORD}" found
    found=$(lrng "[suggest:${#line}]" "$line" 2>/dev/null | grep -E '^(--)?[a-z]')
    mapfile -t COMPREPLY < <(compgen -W "$found" -- "${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _lrng lrng
