using System.Text;
using System.Text.Json;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Errors;
using VoteTracker.Endpoints.Tables;
using VoteTracker.Features.Imports.Reading;
using VoteTracker.Features.Stances;
using VoteTracker.Voting.Rules;

namespace VoteTracker.Fuzzing;

/// <summary>
/// The readers of what strangers send. Each takes any bytes. It may reject them with the exception that becomes a problem;
/// any other exception, and a result that contradicts itself, is a fault.
/// </summary>
internal static class Targets
{
    /// <summary>The targets by their names. Nothing of the service runs before the fuzzer has begun, which records it.</summary>
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } =
        new Dictionary<string, Action<byte[]>>(StringComparer.Ordinal)
        {
            ["csv"] = ReadCsv,
            ["json"] = ReadJson,
            ["moment"] = ReadMoment,
            ["library"] = ReadLibrary,
        };

    // A list of stances, as CSV or as a workbook.
    private static void ReadCsv(byte[] bytes)
    {
        try
        {
            var rows = CsvRows.FromFile(
                TableFile.Read(bytes, Given.MostRows, isPersonal: false, names => names.Contains("iso3")),
                Given.Columns,
                ColumnMap.Exact
            );
            Check(rows.Rows.Count <= Given.MostRows, "More rows than the limit were read.");
        }
        catch (ProblemException)
        {
            // Rejected.
        }
    }

    // The body of a stance. What was accepted is accepted again after it was written.
    private static void ReadJson(byte[] bytes)
    {
        RecordStanceRequest body;
        try
        {
            body = JsonBody<RecordStanceRequest>.Read(bytes, new RecordStanceValidator());
        }
        catch (ProblemException)
        {
            return;
        }
        var again = JsonBody<RecordStanceRequest>.Read(
            JsonSerializer.SerializeToUtf8Bytes(body, Json.Options),
            new RecordStanceValidator()
        );
        Check(again == body, "A body changed when it was written and read again.");
    }

    // Moments of bodies and of query strings.
    private static void ReadMoment(byte[] bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (Moments.TryParse(text, out var moment))
        {
            Check(
                Moments.TryParse(Moments.Text(moment), out var again) && again == moment,
                "A moment changed when it was written and read again."
            );
        }
        if (PastMoment.TryParse(text, Given.Now, out moment, out var problem))
        {
            Check(moment <= Given.Now, "A past moment is in the future.");
        }
        else
        {
            Check(problem.Length > 0, "A rejected moment has no reason.");
        }
    }

    // The file of the UN Digital Library, plain or compressed.
    private static void ReadLibrary(byte[] bytes)
    {
        try
        {
            using var file = new MemoryStream(bytes);
            var read = VotingDataReader.Read(
                new VotingDataStream(file, Given.MostBytes, CancellationToken.None),
                Given.Roster,
                DateOnly.FromDateTime(Given.Now.UtcDateTime),
                static _ => { }
            );
            Check(read.Votes <= read.Lines, "More votes than lines were read.");
        }
        catch (ImportRefused)
        {
            // Rejected.
        }
    }

    // Created by the first input.
    private static class Given
    {
        public const int MostRows = 400;
        public const long MostBytes = 1 << 20;
        public static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

        public static readonly CsvColumns Columns = new()
        {
            Required = ["iso3"],
            Changing = ["position", "certainty", "evidence", "note"],
            Others = ["reason"],
        };

        public static readonly Roster Roster = new([
            Member("FRA", new DateOnly(1945, 10, 24)),
            Member("IDN", new DateOnly(1950, 9, 28), new Spell(new DateOnly(1965, 1, 20), new DateOnly(1966, 9, 27))),
            Member("SSD", new DateOnly(2011, 7, 14)),
            new Seat
            {
                Iso3 = "PSE",
                Kind = SeatKind.Observer,
                Membership = null,
            },
        ]);
    }

    private static Seat Member(string iso3, DateOnly from, params Spell[] breaks) =>
        new()
        {
            Iso3 = iso3,
            Kind = SeatKind.Member,
            Membership = new Spell(from, null),
            Breaks = breaks,
        };

    private static void Check(bool holds, string fault)
    {
        if (!holds)
        {
            throw new InvalidOperationException(fault);
        }
    }
}
