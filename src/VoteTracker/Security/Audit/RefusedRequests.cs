using System.Net;
using System.Net.Sockets;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Database.Background;

namespace VoteTracker.Security.Audit;

/// <summary>
/// Counts refused requests that have the same author, operation and address. Every minute, and at the end, each group gets
/// one entry in the audit with its count. So a client that repeats refused requests does not fill the audit.
/// </summary>
/// <remarks>Of IPv6, an address is its first 64 bits, because one subscriber has all addresses of a /64.</remarks>
internal abstract class RefusedRequests(Db db, TimeProvider clock)
    : PeriodicCounts<AuditEntry, Refusals>(db, clock, TimeSpan.FromMinutes(1))
{
    /// <summary>How many groups are counted at the same time. All further ones are counted together.</summary>
    public const int MaxGroups = 1_000;

    /// <summary>The address of requests that are counted together.</summary>
    protected const string OtherAddresses = "other addresses";

    /// <summary>Counts a request.</summary>
    protected void Add(AuditEntry entry) => Add(entry with { Target = null }, new Refusals(entry.Target, 1));

    /// <summary>The group of a request when the number of groups is at its limit.</summary>
    protected abstract AuditEntry GroupOfOthers(AuditEntry entry);

    /// <inheritdoc/>
    protected override AuditEntry Group(AuditEntry key, IReadOnlyDictionary<AuditEntry, Refusals> counts) =>
        counts.Count < MaxGroups || counts.ContainsKey(key) ? key : GroupOfOthers(key);

    /// <inheritdoc/>
    protected override Refusals Sum(Refusals first, Refusals second) =>
        new(first.Target == second.Target ? first.Target : null, first.Count + second.Count);

    /// <inheritdoc/>
    protected override Task Write(Write write, IReadOnlyDictionary<AuditEntry, Refusals> counts)
    {
        foreach (var (entry, (target, count)) in counts)
        {
            write.AddAudit(entry with { Target = target, Count = count });
        }
        return Task.CompletedTask;
    }

    /// <summary>The address of a client, or the network of its subscriber.</summary>
    protected static string NetworkOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (address is null)
        {
            return "unknown";
        }
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
        {
            return address.ToString();
        }
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return $"{new IPAddress(bytes)}/64";
    }
}

/// <summary>Refused requests of one group: what all of them name, or null, and their number.</summary>
internal readonly record struct Refusals(string? Target, long Count);
