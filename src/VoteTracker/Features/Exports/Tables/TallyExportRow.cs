using System.Buffers;
using VoteTracker.Features.Exports.Formats;
using VoteTracker.Localization;
using VoteTracker.Voting.Forecasts;
using VoteTracker.Voting.Rules;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Exports.Tables;

/// <summary>The count of a resolution, now or as of a moment; `GET …/tally` returns this one row for `Accept: text/csv`.</summary>
[Exported("tally", Owner.Campaign, "resolution")]
public sealed record TallyExportRow
{
    /// <summary>The resolution's id.</summary>
    /// <source>VoteTracker</source>
    [RefersTo("resolutions")]
    public required string Resolution { get; init; }

    /// <summary>The moment of the last change counted, or the moment of the query; UTC.</summary>
    /// <source>VoteTracker</source>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The resolution's version: a counter that every change of it raises.</summary>
    /// <source>VoteTracker</source>
    public required long Version { get; init; }

    /// <summary>The stances that are counted with their own position.</summary>
    /// <source>VoteTracker</source>
    public required Counting Counting { get; init; }

    /// <summary>What is counted: `stances` before the vote, `recorded-votes` or `announced` totals after it.</summary>
    /// <source>VoteTracker</source>
    public required Basis Basis { get; init; }

    /// <summary>The majority that the resolution needs.</summary>
    /// <source>VoteTracker</source>
    public required MajorityRule Rule { get; init; }

    /// <summary>Whether that majority is reached; empty if the rule or the votes are not recorded.</summary>
    /// <source>VoteTracker</source>
    public required bool? Reached { get; init; }

    /// <summary>Whether undecided and unknown members can still change the result; after the vote, `secured` or `lost`.</summary>
    /// <source>VoteTracker</source>
    public required Outlook? Outlook { get; init; }

    /// <summary>Yes.</summary>
    /// <unit>members</unit>
    /// <source>campaign; after the vote, UN Digital Library</source>
    public required int? Yes { get; init; }

    /// <summary>No.</summary>
    /// <unit>members</unit>
    /// <source>campaign; after the vote, UN Digital Library</source>
    public required int? No { get; init; }

    /// <summary>Abstentions; they do not count (rule 86).</summary>
    /// <unit>members</unit>
    /// <source>campaign; after the vote, UN Digital Library</source>
    public required int? Abstain { get; init; }

    /// <summary>Absent; in a recorded vote, non-voting.</summary>
    /// <unit>members</unit>
    /// <source>campaign; after the vote, UN Digital Library</source>
    public required int? Absent { get; init; }

    /// <summary>Undecided.</summary>
    /// <unit>members</unit>
    /// <source>campaign</source>
    public required int? Undecided { get; init; }

    /// <summary>Members without a recorded stance.</summary>
    /// <unit>members</unit>
    /// <source>campaign</source>
    public required int? Unknown { get; init; }

    /// <summary>Members that may not vote on that day.</summary>
    /// <unit>members</unit>
    /// <source>campaign</source>
    public required int? Ineligible { get; init; }

    /// <summary>The members of that day.</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int Members { get; init; }

    /// <summary>The members that may vote.</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int? Eligible { get; init; }

    /// <summary>Yes and no together (rule 86).</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int? PresentAndVoting { get; init; }

    /// <summary>The yes votes that the majority needs with these members present and voting.</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int? Required { get; init; }

    /// <summary>yes − 2 × no under two thirds, yes − no under a simple majority.</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int? Margin { get; init; }

    /// <summary>The members that must be present for a decision (rule 67).</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int QuorumRequired { get; init; }

    /// <summary>Yes, no and abstentions together; empty if one of them is not recorded.</summary>
    /// <unit>members</unit>
    /// <source>VoteTracker</source>
    public required int? QuorumPresent { get; init; }

    /// <summary>Whether the quorum is met; empty if it is not certain, and after the vote.</summary>
    /// <source>VoteTracker</source>
    public required bool? QuorumMet { get; init; }

    /// <summary>States that have signed as co-sponsors, observers included.</summary>
    /// <unit>states</unit>
    /// <source>campaign</source>
    public required int CoSponsors { get; init; }

    /// <summary>The result in words.</summary>
    /// <source>VoteTracker</source>
    public required string Sentence { get; init; }

    /// <summary>A tally as CSV: the header and one row.</summary>
    internal static byte[] ToCsv(Tally tally)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var csv = new CsvRowWriter<TallyExportRow>(Table<TallyExportRow>.Whole, bytes);
        csv.Start();
        csv.Write(FromTally(tally));
        csv.Finish();
        return bytes.WrittenSpan.ToArray();
    }

    private static TallyExportRow FromTally(Tally tally) =>
        new()
        {
            Resolution = tally.Resolution,
            AsOf = tally.AsOf,
            Version = tally.Version,
            Counting = tally.Counting,
            Basis = tally.Basis,
            Rule = tally.Rule,
            Reached = tally.Reached,
            Outlook = tally.Outlook,
            Yes = tally.Yes,
            No = tally.No,
            Abstain = tally.Abstain,
            Absent = tally.Absent,
            Undecided = tally.Undecided,
            Unknown = tally.Unknown,
            Ineligible = tally.Ineligible,
            Members = tally.Members,
            Eligible = tally.Eligible,
            PresentAndVoting = tally.PresentAndVoting,
            Required = tally.Required,
            Margin = tally.Margin,
            QuorumRequired = tally.Quorum.Required,
            QuorumPresent = tally.Quorum.Present,
            QuorumMet = tally.Quorum.Met,
            CoSponsors = tally.CoSponsors,
            Sentence = Language.English.Sentence(tally.Sentence),
        };
}
