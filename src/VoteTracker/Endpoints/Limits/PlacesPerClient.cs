using System.Collections.Concurrent;

namespace VoteTracker.Endpoints.Limits;

/// <summary>Counts what each client has open, such as connections or streams, up to a limit; 0 is no limit.</summary>
internal sealed class PlacesPerClient(int limit)
{
    private readonly ConcurrentDictionary<UInt128, int> _open = new();

    /// <summary>Takes a place; false if the client has as many as the limit.</summary>
    public bool TryTake(UInt128 client)
    {
        if (limit == 0)
        {
            return true;
        }
        while (true)
        {
            if (!_open.TryGetValue(client, out var count))
            {
                if (_open.TryAdd(client, 1))
                {
                    return true;
                }
            }
            else if (count >= limit)
            {
                return false;
            }
            else if (_open.TryUpdate(client, count + 1, count))
            {
                return true;
            }
        }
    }

    /// <summary>Returns a place. A client without places is forgotten.</summary>
    public void Return(UInt128 client)
    {
        while (limit != 0 && _open.TryGetValue(client, out var count))
        {
            if (
                count == 1
                    ? _open.TryRemove(new KeyValuePair<UInt128, int>(client, count))
                    : _open.TryUpdate(client, count - 1, count)
            )
            {
                return;
            }
        }
    }
}
