using Dapper;
using VoteTracker.Database;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Features.Record;
using VoteTracker.Features.Resolutions;
using VoteTracker.Features.Sessions;
using VoteTracker.Live;
using VoteTracker.Security;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Features.Imports;

/// <summary>
/// Saves the resolutions of a UN Digital Library file in one transaction. It is short, so other writes hardly wait. A
/// resolution that a user wrote is not changed, but the UN's roll call counts before one that the campaign entered.
/// </summary>
internal static class SaveImportedResolutions
{
    public static async Task<ImportOutcome> Handle(Write write, Caller caller, VotingDataFile file)
    {
        var outcome = new ImportOutcome();
        foreach (var name in file.Resolutions.Select(t => t.Head.Session).Distinct())
        {
            outcome.Sessions += await SessionStore.Insert(write.Connection, Session.FromName(name, write.Now));
        }
        var stored = await StoredResolutionList.Load(write.Connection, file);
        var versions = await NextVersions.Load(write.Connection);
        var added = new List<RecordedResolution>();
        foreach (var read in file.Resolutions)
        {
            if (stored.Find(read) is { } key)
            {
                await Save(
                    write,
                    caller,
                    ToRecorded(read, key.Id, versions.Of(key.Id), write.Now, caller),
                    key,
                    outcome
                );
            }
            else
            {
                added.Add(ToRecorded(read, read.Id, versions.Of(read.Id), write.Now, caller));
            }
        }
        await RecordedVoteWriter.Insert(write, added);
        outcome.Added = added.Count;
        return outcome;
    }

    private static async Task Save(
        Write write,
        Caller caller,
        RecordedResolution resolution,
        StoredResolutionKey key,
        ImportOutcome outcome
    )
    {
        var isReplaced = key.IsOfCampaign && resolution.HasNames;
        if (isReplaced)
        {
            outcome.Replaced.Add(await Compare(write, resolution));
        }
        if (key.IsOfUser)
        {
            outcome.LeftToUsers.Add(key.Id);
            if (isReplaced)
            {
                await RecordedVoteWriter.InsertBesideCampaign(write, caller, resolution);
            }
        }
        else if (!isReplaced && key.Sha256 == resolution.Details!.Sha256)
        {
            outcome.Unchanged++;
        }
        else
        {
            var stored = (await StoredRecord.Find(write.Connection, key.Id))!;
            var saved =
                key.Origin == "record"
                    ? stored.WithNamesOf(resolution)
                    : resolution with
                    {
                        Kind = stored.Kind,
                        Parent = stored.Parent,
                    };
            await RecordedVoteWriter.Update(
                write,
                caller,
                stored,
                isReplaced ? saved with { Status = resolution.Status } : saved,
                isNewVote: isReplaced
            );
            outcome.Changed++;
        }
    }

    private static RecordedResolution ToRecorded(
        VotingDataResolution read,
        string id,
        long version,
        DateTimeOffset now,
        Caller caller
    )
    {
        var head = read.Head;
        // Sorted by the day of the vote: thousands of old resolutions must not come before the drafts of a campaign.
        var dayAfter = NewYork.StartOf(head.Day.AddDays(1));
        return new RecordedResolution
        {
            Id = id,
            Symbol = head.Symbol,
            Title = head.Title,
            Session = head.Session.Id,
            Kind = EnumWord<ResolutionKind>.ToWord(ResolutionKind.Draft),
            Parent = null,
            // The file has adopted resolutions only. It does not say which majority one of a regular session needed.
            Rule = EnumWord<MajorityRule>.ToWord(
                head.Session.Emergency ? MajorityRule.TwoThirds : MajorityRule.NotRecorded
            ),
            Status = EnumWord<ResolutionStatus>.ToWord(ResolutionStatus.Adopted),
            VotedOn = head.Day,
            Url = head.Url,
            Names = read.Names,
            Members = read.Members,
            Yes = head.Yes,
            No = head.No,
            Abstain = head.Abstain,
            NonVoting = head.NonVoting,
            Origin = "import",
            Version = version,
            At = now,
            ListedAt = dayAfter < now ? dayAfter : now,
            By = caller.Label,
            ByKey = caller.KeyId,
            Details = new LibraryDetails
            {
                RecordId = head.RecordId,
                Draft = head.Draft,
                CommitteeReport = head.CommitteeReport,
                Meeting = head.Meeting,
                Agenda = head.Agenda,
                Subjects = head.Subjects,
                Note = read.Note,
                Sha256 = read.Sha256,
            },
        };
    }

    private static async Task<ReplacedRollCall> Compare(Write write, RecordedResolution resolution)
    {
        var entered = await write.Connection.QueryFirstAsync<EnteredRow>(
            $"SELECT recorded_on, names FROM roll_call WHERE resolution = @Id AND {CurrentRollCall.Newest}",
            new { resolution.Id }
        );
        return ReplacedRollCall.Create(resolution, entered.RecordedOn, entered.Names);
    }

    private sealed record EnteredRow
    {
        public DateOnly RecordedOn { get; init; }
        public string? Names { get; init; }
    }
}
