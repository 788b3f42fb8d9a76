// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause
//
// Who leads, who follows, and their end.

using System.Diagnostics;
using System.Runtime.InteropServices;
using LrngCuse.Interop;

namespace LrngCuse.Transports;

internal sealed unsafe partial class Session
{
    // The lead, or a long read that was set aside if another one leads. False when the session is over.
    private bool TakeTurn(out byte[]? setAside)
    {
        lock (_lead)
        {
            _followers++;
            while (_leadTaken && _aside.Count == 0 && !_over)
            {
                _ = Monitor.Wait(_lead);
            }

            _followers--;
            if (_leadTaken || _over)
            {
                return _aside.TryDequeue(out setAside);
            }

            _leadTaken = true;
            setAside = null;
            return true;
        }
    }

    // Under _lead.
    private void HandOn()
    {
        Debug.Assert(Monitor.IsEntered(_lead), "guards who leads");
        _leadTaken = false;
        if (_followers > 0)
        {
            Monitor.Pulse(_lead);
        }
        else if (_workers.Count < _maximumWorkers && !_over)
        {
            AddWorker();
        }
    }

    private void EndWorkers()
    {
        _stopping = true;
        SessionWorker[] workers;
        lock (_lead)
        {
            _over = true;
            Monitor.PulseAll(_lead);
            workers = [.. _workers];
            _workers.Clear();
        }

        foreach (SessionWorker worker in workers)
        {
            worker.Join();
            worker.Dispose();
        }

        SetWaiting(true);
    }

    private void AddWorker()
    {
        Debug.Assert(Monitor.IsEntered(_lead), "guards the list");
        var worker = new SessionWorker(this, $"lrng-io-{_workers.Count}");
        _workers.Add(worker);
        worker.Start();
    }

    private void End(int length)
    {
        bool first;
        lock (_lead)
        {
            first = !_over;
            _over = true;
            Monitor.PulseAll(_lead);
        }

        if (first && !_stopping)
        {
            string reason = length is 0 or -Linux.ENODEV ? "it was unmounted or aborted" : Marshal.GetPInvokeErrorMessage(-length);
            Log.SessionLost(_logger, Name, reason);
            Lost?.Invoke(Name);
        }
    }
}
