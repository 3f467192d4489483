using System.Text.Json;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Conditional;
using VoteTracker.Endpoints.Pipeline;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Exports.Tables;
using VoteTracker.Live;
using VoteTracker.Localization;
using VoteTracker.Voting.Tallies;

namespace VoteTracker.Features.Tallies;

/// <summary>A tally as JSON, or as a CSV table with one row.</summary>
internal static class TallyRepresentation
{
    /// <summary>The tally of a snapshot, which is created once. The English JSON is part of the snapshot.</summary>
    public static Representation Of(TallySnapshot snapshot, bool csv, Language language)
    {
        if (!csv && language == Language.English)
        {
            return snapshot.TallyJson;
        }
        var format = Format(csv, language);
        return snapshot.Representations.GetOrCreate(
            $"tally{format.TagSuffix}",
            format,
            snapshot.Tally,
            tally => Bytes(tally, format, language)
        );
    }

    /// <summary>Whether the `Accept` header prefers CSV.</summary>
    public static bool PrefersCsv(HttpRequest request) =>
        ContentNegotiation.Choose(request.Headers.Accept, "application/json", Csv.MediaType) == 1;

    /// <summary>The format. The CSV has the sentence in English, because its columns do not depend on a language.</summary>
    public static RepresentationFormat Format(bool csv, Language language) =>
        csv ? RepresentationFormat.NegotiatedCsv : RepresentationFormat.NegotiatedJson.In(language);

    /// <summary>Any tally in a format.</summary>
    public static byte[] Bytes(Tally tally, RepresentationFormat format, Language language) =>
        format == RepresentationFormat.NegotiatedCsv
            ? TallyExportRow.ToCsv(tally)
            : JsonSerializer.SerializeToUtf8Bytes(tally, Json.For(language));
}
