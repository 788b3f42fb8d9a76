// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Tests.Drng;

/// <summary>Threads that begin at the same moment and repeat what they do a given number of times.</summary>
internal sealed class Hammer : IDisposable
{
    // Only a broken product reaches it.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly List<Thread> _threads = [];
    private readonly List<Exception> _errors = [];
    private readonly ManualResetEventSlim _go = new();
    private int _busy;

    /// <summary>Whether a thread with a number of its own is still at it.</summary>
    internal bool Busy => Volatile.Read(ref _busy) > 0;

    /// <summary>Adds a thread that does something <paramref name="times"/> times.</summary>
    internal void Add(string name, int times, Action<int> work)
    {
        _busy++;
        Start(name, () =>
        {
            try
            {
                for (int round = 0; round < times; round++)
                {
                    work(round);
                }
            }
            finally
            {
                Interlocked.Decrement(ref _busy);
            }
        });
    }

    /// <summary>Adds a thread that does something as long as the others are busy.</summary>
    internal void AddAccompaniment(string name, Action<int> work) => Start(name, () =>
    {
        for (int round = 0; Busy; round++)
        {
            work(round);
        }
    });

    /// <summary>Lets all begin and waits until they have ended.</summary>
    internal void Run()
    {
        _go.Set();
        foreach (Thread thread in _threads)
        {
            Assert.That(thread.Join(s_patience), Is.True, $"{thread.Name} hangs");
        }

        Assert.That(_errors, Is.Empty);
    }

    public void Dispose() => _go.Dispose();

    private void Start(string name, Action work)
    {
        var thread = new Thread(() =>
        {
            _go.Wait();
            try
            {
                work();
            }
            catch (Exception error)
            {
                lock (_errors)
                {
                    _errors.Add(error);
                }
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        _threads.Add(thread);
        thread.Start();
    }
}
