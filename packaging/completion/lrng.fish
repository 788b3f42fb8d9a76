# SPDX-FileCopyrightText: The lrng-cuse authors
# SPDX-License-Identifier: BSD-3-Clause
#
# Completion for fish. The program itself is asked what may follow; files are offered besides, but not for a command.
function __lrng_suggest
    set -l words (commandline --tokenize --cut-at-cursor --current-process)
    set -l line (string join ' ' -- lrng $words[2..-1] (commandline --current-token --cut-at-cursor))
    lrng "[suggest:"(string length -- $line)"]" $line 2>/dev/null | string match --regex '^(?:--)?[a-z].*'
end
complete --command lrng --no-files --condition __fish_use_subcommand
complete --command lrng --arguments '(__lrng_suggest)'
