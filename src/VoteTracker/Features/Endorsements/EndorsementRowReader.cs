using VoteTracker.Endpoints.Tables;
using VoteTracker.Endpoints.Text;
using VoteTracker.Features.Lists;

namespace VoteTracker.Features.Endorsements;

/// <summary>Reads the cells of a row. An empty cell keeps the field, because a list often does not have everything.</summary>
internal sealed class EndorsementRowReader(CsvRecord row) : ListRowReader(row)
{
    private readonly CsvRecord _row = row;

    /// <summary>The name of the organisation; null if the row has none.</summary>
    public string? Organisation => _row["organisation"] is { } text ? FreeText.Unguard(text) : null;

    /// <summary>The fields of a row, compared with the current endorsement; null if it is new.</summary>
    public EndorsementFields Read(Endorsement? current)
    {
        if (current is null)
        {
            Compare("member_state", before: null, _row.Iso3.Length == 0 ? null : _row.Iso3);
            Compare("resolution", before: null, _row["resolution"]);
        }
        return new EndorsementFields
        {
            Organisation = ReadText("organisation", current?.Organisation),
            MemberState = _row.Iso3.Length == 0 ? null : _row.Iso3,
            Resolution = _row["resolution"],
            Kind = IsEmpty("kind") ? current?.Kind : ReadWord("kind", current?.Kind),
            Languages = ReadLanguages(current?.Languages ?? []),
            Url = IsEmpty("url") ? current?.Url : ReadText("url", current?.Url),
            SignedOn = IsEmpty("signed_on") ? current?.SignedOn : ReadDay("signed_on", current?.SignedOn),
            Public = ReadPublic(current?.Public),
        };
    }

    private IReadOnlyList<string> ReadLanguages(IReadOnlyList<string> before)
    {
        if (IsEmpty("languages"))
        {
            return before;
        }
        var tags = LanguageTag.Split(_row["languages"]!);
        if (tags.FirstOrDefault(tag => !LanguageTag.IsValid(tag)) is { } wrong)
        {
            Wrong(
                "languages",
                $"must be tags of languages (BCP 47), such as en, fr or pt-BR, separated by blanks; found {SafeText.Quote(wrong)}"
            );
            return before;
        }
        var now = LanguageTag.Normalize(tags);
        Compare("languages", ToText(before), ToText(now));
        return now;
    }

    // A new endorsement is not public, unless the list says so.
    private bool ReadPublic(bool? before)
    {
        if (IsEmpty("public"))
        {
            return before ?? false;
        }
        var now = ReadWord("public", before is { } shown ? ToWord(shown) : (Publication?)null);
        return now == Publication.Yes;
    }

    private static Publication ToWord(bool shown) => shown ? Publication.Yes : Publication.No;

    private static string? ToText(IReadOnlyList<string> tags) => tags.Count == 0 ? null : string.Join(' ', tags);
}

/// <summary>Whether an endorsement is public, as a word of a list.</summary>
internal enum Publication
{
    /// <summary>It is public.</summary>
    Yes,

    /// <summary>It is not.</summary>
    No,
}
