using System.Net;
using System.Net.Sockets;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Database.Background;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Security.Audit;

/// <summary>
/// Counts the requests with a key that is wrong, expired or revoked, by address. Every minute, and at the end, each address
/// gets one entry in the audit with its count. So a client that guesses keys does not fill the audit.
/// </summary>
/// <remarks>Of IPv6, an address is its first 64 bits, because one subscriber has all addresses of a /64.</remarks>
internal sealed class RefusedKeys(Db db, TimeProvider clock, ILogger<RefusedKeys> log)
    : PeriodicCounts<long>(db, clock, TimeSpan.FromMinutes(1))
{
    /// <summary>How many addresses are counted at the same time. All further ones are counted together.</summary>
    public const int MaxAddresses = 1_000;

    /// <summary>The operation of the entries.</summary>
    public const string Operation = "refused keys";

    private const string Others = "other addresses";

    /// <summary>Counts a request.</summary>
    public void Add(HttpContext http) => Add(Network(http.Connection.RemoteIpAddress), 1);

    /// <inheritdoc/>
    protected override string Group(string text, IReadOnlyDictionary<string, long> counts) =>
        counts.Count < MaxAddresses || counts.ContainsKey(text) ? text : Others;

    /// <inheritdoc/>
    protected override long Sum(long first, long second) => first + second;

    /// <inheritdoc/>
    protected override Task Write(Write write, IReadOnlyDictionary<string, long> counts)
    {
        foreach (var (address, count) in counts)
        {
            write.AddAudit(
                new AuditEntry
                {
                    Action = EnumWord<AuditAction>.ToWord(AuditAction.RefusedKey),
                    Operation = Operation,
                    Author = Rights.Anonymous,
                    Address = address,
                    Count = count,
                }
            );
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void LogFailure(string kind) =>
        log.LogError("The count of refused keys could not be written: {Kind}", kind);

    private static string Network(IPAddress? address)
    {
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
