using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Live;

/// <summary>A campaign with a public draft, and the replicas that serve it.</summary>
internal sealed class ReplicatedCampaign : IDisposable
{
    private readonly PostgresServer _server = new();
    private readonly Folder _folder = new();

    public Service[] Replicas { get; private set; } = [];

    public string Id { get; private set; } = "";

    public static async Task<ReplicatedCampaign> Open(int replicas)
    {
        var campaign = new ReplicatedCampaign();
        campaign._server.Execute("CREATE DATABASE campaign");
        // They start together: one migrates and loads the record, the others wait for it.
        campaign.Replicas = await Task.WhenAll(Enumerable.Range(0, replicas).Select(_ => campaign.Start()));
        using var admin = campaign.Replicas[0].Client();
        campaign.Id = await admin.OpenDraft(new { visibility = "tally" });
        return campaign;
    }

    public async Task KillAndReplace(int index)
    {
        await Replicas[index].Kill();
        Replicas[index] = await Start();
    }

    public void Dispose()
    {
        foreach (var replica in Replicas)
        {
            replica.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
        _server.Dispose();
        _folder.Dispose();
    }

    private Task<Service> Start() =>
        Service.Start(_folder, settings: ["--Database", _server.ConnectionString("campaign")]);
}
