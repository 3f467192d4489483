using System.Diagnostics.CodeAnalysis;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Live;

/// <summary>
/// Replays the history of a resolution in one pass, and creates the standings at each moment. Each change is applied once.
/// The standings are the same as <see cref="StateReader"/> loads them as of that moment.
/// </summary>
internal sealed class StateReplay
{
    private readonly ResolutionHistory _history;
    private readonly Dictionary<string, StancePosition> _stances = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _stanceVersions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _coSponsorVersions = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _signed = new(StringComparer.Ordinal);
    private ResolutionHistory.VersionRow _version;
    private ResolutionHistory.FieldsRow _fields;
    private CountedRollCallRow? _rollCallRow;
    private CountedRollCall? _rollCall;
    private int _nextVersion;
    private int _nextFields;
    private int _nextStance;
    private int _nextCoSponsor;

    private StateReplay(ResolutionHistory history)
    {
        _history = history;
        _version = history.Versions[0];
        _fields = history.Fields[0];
    }

    /// <summary>
    /// The standings at `since`, or at the start of the resolution if that is later. Then at each moment up to `until` at
    /// which something changed, or at which a date may have changed which members may vote.
    /// </summary>
    public static IEnumerable<Standings> Run(
        ResolutionHistory history,
        ReferenceData referenceData,
        DateTimeOffset since,
        DateTimeOffset until
    )
    {
        var first = since > history.StartsAt ? since : history.StartsAt;
        var replay = new StateReplay(history);
        foreach (var moment in Moments(history, referenceData, first, until).Prepend(first))
        {
            yield return replay.Advance(moment).ToStandings(referenceData, moment, moment);
        }
    }

    private static SortedSet<DateTimeOffset> Moments(
        ResolutionHistory history,
        ReferenceData referenceData,
        DateTimeOffset after,
        DateTimeOffset until
    ) =>
        [
            .. history
                .Versions.Select(v => v.At)
                .Concat(history.Fields.Select(f => f.ChangedAt))
                .Concat(history.RollCalls.Select(r => r.ChangedAt))
                .Concat(history.RollCalls.Select(r => r.RemovedAt).OfType<DateTimeOffset>())
                .Concat(history.Stances.Select(s => s.ChangedAt))
                .Concat(history.CoSponsors.Select(c => c.ChangedAt))
                .Concat(history.Spells.Select(s => s.EnteredAt))
                .Concat(history.Spells.Select(s => s.EndedAt).OfType<DateTimeOffset>())
                .Concat(
                    referenceData
                        .Roster.Boundaries.Concat(history.Spells.SelectMany(s => DayBoundaries.FromSpell(s.Spell)))
                        .Select(NewYork.StartOf)
                )
                .Where(moment => moment > after && moment <= until),
        ];

    // The lists of the state change with the next call, so its standings are created before.
    private ResolutionState Advance(DateTimeOffset moment)
    {
        while (Next(_history.Versions, ref _nextVersion, v => v.At, moment, out var version))
        {
            _version = version;
        }
        // The highest version is current, whatever the order of the moments is.
        while (Next(_history.Fields, ref _nextFields, f => f.ChangedAt, moment, out var fields))
        {
            _fields = fields.Version >= _fields.Version ? fields : _fields;
        }
        var newest = _history.RollCalls.FirstOrDefault(r => r.IsKnownAt(moment));
        if (!ReferenceEquals(newest, _rollCallRow))
        {
            (_rollCallRow, _rollCall) = (newest, newest?.RollCall);
        }
        while (Next(_history.Stances, ref _nextStance, s => s.ChangedAt, moment, out var stance))
        {
            if (IsNewest(_stanceVersions, stance.MemberState, stance.Version))
            {
                _stances[stance.MemberState] = stance.Stance;
            }
        }
        while (Next(_history.CoSponsors, ref _nextCoSponsor, c => c.ChangedAt, moment, out var coSponsor))
        {
            if (IsNewest(_coSponsorVersions, coSponsor.MemberState, coSponsor.Version))
            {
                _ = coSponsor.IsSigned ? _signed.Add(coSponsor.MemberState) : _signed.Remove(coSponsor.MemberState);
            }
        }
        return new ResolutionState
        {
            Resolution = _history.Resolution,
            Version = Math.Max(_version.Version, FirstVersion(moment)),
            ChangedAt = _version.At,
            Fields = _fields.Fields,
            RollCall = _rollCall,
            Stances = _stances,
            Ineligible = [.. _history.Spells.Where(s => s.IsKnownAt(moment)).Select(s => (s.MemberState, s.Spell))],
            CoSponsors = [.. _signed],
        };
    }

    // The first version of the incarnation at the moment.
    private long FirstVersion(DateTimeOffset moment) =>
        _history.Incarnations.LastOrDefault(i => i.BeganAt < moment)?.FirstVersion ?? 1;

    private static bool Next<T>(
        IReadOnlyList<T> rows,
        ref int next,
        Func<T, DateTimeOffset> at,
        DateTimeOffset moment,
        [NotNullWhen(true)] out T? row
    )
        where T : class
    {
        row = next < rows.Count && at(rows[next]) <= moment ? rows[next++] : null;
        return row is not null;
    }

    private static bool IsNewest(Dictionary<string, long> versions, string memberState, long version)
    {
        if (versions.TryGetValue(memberState, out var last) && version < last)
        {
            return false;
        }
        versions[memberState] = version;
        return true;
    }
}
