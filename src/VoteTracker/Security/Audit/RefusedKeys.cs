using System.Net;
using System.Net.Sockets;
using VoteTracker.Database;
using VoteTracker.Database.Audit;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Security.Audit;

/// <summary>
/// Counts the requests with a key that is wrong, expired or revoked, by address. Every minute, and at the end, each address
/// gets one entry in the audit with its count. So a client that guesses keys does not fill the audit.
/// </summary>
/// <remarks>Of IPv6, an address is its first 64 bits, because one subscriber has all addresses of a /64.</remarks>
internal sealed class RefusedKeys(Db db, TimeProvider clock, ILogger<RefusedKeys> log) : BackgroundService
{
    /// <summary>How many addresses are counted at the same time. All further ones are counted together.</summary>
    public const int MaxAddresses = 1_000;

    /// <summary>The operation of the entries.</summary>
    public const string Operation = "refused keys";

    private const string Others = "other addresses";
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Counts a request.</summary>
    public void Add(HttpContext http) => Add(Network(http.Connection.RemoteIpAddress), 1);

    /// <summary>Writes the entries. If writing is not possible now, the counts stay, and the next call writes them.</summary>
    public async Task Save()
    {
        var counts = Take();
        if (counts.Count == 0)
        {
            return;
        }
        try
        {
            await db.WriteBookkeeping(write =>
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
                return Task.FromResult(counts.Count);
            });
        }
        catch (CommitUnknownException)
        {
            // It may have succeeded. Written again, the requests could be counted twice.
            return;
        }
        catch (Exception)
        {
            foreach (var (address, count) in counts)
            {
                Add(address, count);
            }
            throw;
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TrySave();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TrySave();
            }
        }
        catch (OperationCanceledException)
        {
            // The service stops.
        }
    }

    // No fault may end the service. The text of a fault may have data, so only its kind is logged.
    private async Task TrySave()
    {
        try
        {
            await Save();
        }
        catch (Exception exception)
        {
            log.LogError("The count of refused keys could not be written: {Kind}", exception.GetType().Name);
        }
    }

    private void Add(string address, long count)
    {
        lock (_lock)
        {
            if (!_counts.ContainsKey(address) && _counts.Count >= MaxAddresses)
            {
                address = Others;
            }
            _counts[address] = _counts.GetValueOrDefault(address) + count;
        }
    }

    private Dictionary<string, long> Take()
    {
        lock (_lock)
        {
            var taken = _counts;
            _counts = new(StringComparer.Ordinal);
            return taken;
        }
    }

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
