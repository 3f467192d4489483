using System.Data.Common;
using System.Security.Cryptography;
using VoteTracker.Database;

namespace VoteTracker.Features.Calendars;

/// <summary>
/// The numbers `SEQUENCE` of the entries of calendars: how often the record of an entry has changed. They have 32 bits,
/// and versions have more, so a version counts from the beginning of its incarnation.
/// </summary>
/// <remarks>
/// After a restore the number must be above all that readers have seen. So it begins with the seconds from the first
/// incarnation to the newest one: no record changes once a second for years.
/// </remarks>
internal sealed class CalendarSequence
{
    private readonly long _base;
    private readonly long _firstVersion;

    private CalendarSequence(IncarnationMoment first, IncarnationMoment newest)
    {
        Database = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(first.BeganAt.UtcTicks)))[..16];
        _base = (long)(newest.BeganAt - first.BeganAt).TotalSeconds;
        _firstVersion = newest.FirstVersion;
    }

    /// <summary>The name of the database: the same after a restore and in each copy of it.</summary>
    public string Database { get; }

    /// <summary>Loads the incarnations of the database.</summary>
    public static async Task<CalendarSequence> Load(DbConnection connection)
    {
        var all = await Incarnation.List(connection);
        return new CalendarSequence(all[0], all[^1]);
    }

    /// <summary>The changes of a record since it was added, or since the last restore.</summary>
    public long ChangesUntil(long version) => Math.Max(0, version - _firstVersion);

    /// <summary>The number of an entry.</summary>
    /// <param name="changes">The changes of the records that it shows.</param>
    public int NumberOf(long changes) => (int)Math.Clamp(_base + changes, 0, int.MaxValue);
}
