using System.Data.Common;

namespace VoteTracker.Database;

/// <summary>
/// The incarnation that this process serves. Only a process that serves compares the place and begins a new incarnation;
/// a command beside it does neither.
/// </summary>
internal sealed class ServedIncarnation(IEngine engine)
{
    private long _number = 1;
    private volatile bool _isServed;

    /// <summary>The first version of the incarnation; 1 for the first one.</summary>
    public long Number => Volatile.Read(ref _number);

    /// <summary>Reads the incarnation; false if the place differs, so that <see cref="Check"/> must run in a write.</summary>
    public async Task<bool> Start(DbConnection connection)
    {
        _isServed = true;
        var incarnation = await Incarnation.Find(connection);
        Volatile.Write(ref _number, incarnation?.FirstVersion ?? 1);
        return incarnation is not null && incarnation.Place == engine.FindPlace(connection);
    }

    /// <summary>Reads the incarnation again: whether another process began a new one, and whether the place differs.</summary>
    public async Task<(bool IsOther, bool HasMoved)> Reread(DbConnection connection)
    {
        if (!_isServed || await Incarnation.Find(connection) is not { } incarnation)
        {
            return (false, false);
        }
        var isOther = Interlocked.Exchange(ref _number, incarnation.FirstVersion) != incarnation.FirstVersion;
        return (isOther, engine.FindPlace(connection) is { } place && place != incarnation.Place);
    }

    /// <summary>
    /// Begins a new incarnation if the database is in another place than where it was last served. This runs in a
    /// transaction of the writer, so of several replicas one begins it and the others read it.
    /// </summary>
    /// <returns>Whether the incarnation changed.</returns>
    public async Task<bool> Check(Write write)
    {
        if (!_isServed || engine.FindPlace(write.Connection) is not { } place)
        {
            return false;
        }
        var incarnation = await Incarnation.Find(write.Connection);
        var number = incarnation?.FirstVersion ?? 1;
        if (incarnation is null)
        {
            await Incarnation.BeginFirst(write.Connection, place, write.Now);
        }
        else if (incarnation.Place != place)
        {
            // The rows of contacts, engagements and tasks are rewritten.
            write.OverwriteDeleted();
            number = await Incarnation.Begin(write.Connection, place, write.Now);
        }
        // If the commit fails, cursors name an incarnation that does not exist. Their lists start again, nothing else.
        var hasChanged = Interlocked.Exchange(ref _number, number) != number;
        if (hasChanged)
        {
            write.Changes(Write.Everything);
        }
        return hasChanged;
    }
}
