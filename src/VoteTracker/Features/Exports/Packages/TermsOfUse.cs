using VoteTracker.Features.Exports.Formats;

namespace VoteTracker.Features.Exports.Packages;

/// <summary>The terms of use of a table, by the owner of its data.</summary>
internal sealed record TermsOfUse
{
    /// <summary>A short name for programs.</summary>
    public required string Name { get; init; }

    /// <summary>The source of the data.</summary>
    public required string Source { get; init; }

    /// <summary>The terms in one sentence.</summary>
    public required string Title { get; init; }

    /// <summary>The address of the terms; null if they are not published elsewhere.</summary>
    public required string? Path { get; init; }

    public static TermsOfUse ForOwner(Owner owner) =>
        owner switch
        {
            Owner.Record => new TermsOfUse
            {
                Name = "united-nations-voting-data",
                Source = "United Nations Dag Hammarskjöld Library, General Assembly Voting Data",
                Title = "Copyright United Nations; non-commercial use with attribution",
                Path = "https://digitallibrary.un.org/record/4060887",
            },
            Owner.Facts => new TermsOfUse
            {
                Name = "facts",
                Source =
                    "VoteTracker's data folder, which names its sources: public records of the United Nations, M49, UNTERM",
                Title = "Facts: names, codes, dates and memberships, compiled from public sources",
                Path = null,
            },
            _ => new TermsOfUse
            {
                Name = "campaign",
                Source = "The campaign that runs this VoteTracker",
                Title = "The campaign's own data: only as the campaign allows",
                Path = null,
            },
        };
}
