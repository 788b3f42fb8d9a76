// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

using LrngEngine.Drng;
using LrngEngine.SelfTests;

namespace LrngEngine;

/// <content>Self-tests, and the error state that they lead to.</content>
public sealed partial class LrngGenerator
{
    private readonly ErrorState _errors = new();
    private readonly SelfTestRunner _selfTests;

    /// <summary>What the self-tests found so far.</summary>
    internal SelfTestReport SelfTests => _selfTests.Report;

    /// <summary>
    /// Runs every self-test now: known answers of all DRNGs, hashes and kernels, of the time-stamp management and the health tests. Those
    /// of what is in use ran when the generator was made; all of them run every ten minutes once it is started. After a failure,
    /// here or there, every member that gives bytes or seeds throws <see cref="GeneratorFailedException"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">There is no memory for the tests.</exception>
    /// <exception cref="ObjectDisposedException">The generator is disposed.</exception>
    public SelfTestReport RunSelfTests()
    {
        using RunningCalls.Call call = _calls.Enter();
        return _selfTests.RunAll();
    }
}
