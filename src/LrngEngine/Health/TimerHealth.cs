// SPDX-FileCopyrightText: The lrng-cuse authors
// SPDX-License-Identifier: BSD-3-Clause

namespace LrngEngine.Health;

/// <summary>
/// The continuous health tests over the events of one CPU (reference 6): stuck test, RCT over its verdicts, APT over the four low
/// bits. Blittable, so that it lies in its owner's secret memory; not synchronised.
/// </summary>
/// <remarks>
/// The tests see the value that is stored: the 32 low bits of the stamp until a divisor is known, then 8 bits of the stamp divided.
/// The derivatives wrap at the width of that value. LRNG lets those of 8-bit values wrap at 2^32, so that the run of a perfectly
/// regular clock ends at each overflow of the slot.
/// </remarks>
internal struct TimerHealth
{
    // LRNG's APT symbol: noise that is there shows in the lowest bits, once the clock's step is divided out.
    private const uint AptSymbolMask = 0xf;

    // A derivative of 8 bits is zero if what is left of it in the upper 8 of 32 bits is.
    private const int SlotShift = 24;

    // The last three stamps, the newest first: what the stuck test rests on, to be seen anew through another divisor.
    private ulong _stamp1;
    private ulong _stamp2;
    private ulong _stamp3;

    // 0: whole stamps.
    private uint _divisor;

    // What the stuck test saw last.
    private uint _value;
    private StuckTest _stuck;
    private RepetitionCountTest _repetition;
    private AdaptiveProportionTest _proportion;

    /// <summary>The low bits of the last stamp, once the clock's step is divided out.</summary>
    public uint Quotient { readonly get; private set; }

    /// <summary>B of the repetition count test.</summary>
    public readonly int Repetitions => _repetition.Count;

    /// <summary>B of the adaptive proportion test.</summary>
    public readonly int Proportion => _proportion.Count;

    /// <summary>Takes the next event.</summary>
    /// <param name="stamp">Its time stamp.</param>
    /// <param name="divisor">The clock's step; 0 until one is known.</param>
    /// <param name="cutoffs">The cut-offs.</param>
    /// <param name="stuck">True if the event must not be counted.</param>
    /// <param name="test">The worse of the two tests.</param>
    public HealthVerdict Add(ulong stamp, uint divisor, NoiseCutoffs cutoffs, out bool stuck, out HealthTest test)
    {
        if (divisor != _divisor)
        {
            ChangeDivisor(divisor);
        }

        // A step backwards is no time that an event took.
        stuck = IsStuck(stamp) | (stamp < _stamp1);
        _stamp3 = _stamp2;
        _stamp2 = _stamp1;
        _stamp1 = stamp;

        HealthVerdict repetition = _repetition.AddRepetition(stuck, cutoffs.Repetition);
        HealthVerdict proportion = _proportion.Add(Quotient & AptSymbolMask, cutoffs.Proportion);
        test = repetition >= proportion ? HealthTest.RepetitionCount : HealthTest.AdaptiveProportion;
        return repetition >= proportion ? repetition : proportion;
    }

    private bool IsStuck(ulong stamp)
    {
        Quotient = (uint)(_divisor <= 1 ? stamp : stamp / _divisor);
        uint value = _divisor == 0 ? Quotient : Quotient << SlotShift;
        bool stuck = _stuck.IsStuck32(unchecked(value - _value));
        _value = value;
        return stuck;
    }

    private void ChangeDivisor(uint divisor)
    {
        _divisor = divisor;
        _stuck = default;
        _value = 0;
        _ = IsStuck(_stamp3);
        _ = IsStuck(_stamp2);
        _ = IsStuck(_stamp1);

        // The base of the window was a symbol of another scale.
        _proportion = default;
    }
}
