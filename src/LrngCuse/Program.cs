// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngCuse.Commands;
using LrngCuse.Hosting;

// Before anything asks for a kernel.
KernelChoice.Apply();
return await CommandLine.RunAsync(args);
