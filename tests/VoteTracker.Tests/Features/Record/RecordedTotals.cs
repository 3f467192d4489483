using System.Globalization;

namespace VoteTracker.Tests.Features.Record;

/// <summary>
/// The 43 recorded votes of the 10th and 11th emergency special sessions in the UN Digital Library and in press releases.
/// These are the expected figures, separate from the facts that the service loads.
/// </summary>
internal sealed record RecordedTotals(
    string Id,
    string Rule,
    string Status,
    int Yes,
    int No,
    int? Abstain,
    int? NonVoting,
    int Members
)
{
    private const string WithNames = """
        es-10-2,two-thirds,adopted,134,3,11,37,185
        es-10-3,two-thirds,adopted,131,3,14,37,185
        es-10-4,two-thirds,adopted,139,3,13,30,185
        es-10-5,two-thirds,adopted,120,3,5,57,185
        es-10-6,two-thirds,adopted,115,2,5,63,185
        es-10-7,two-thirds,adopted,92,6,46,45,189
        es-10-8,two-thirds,adopted,124,6,25,34,189
        es-10-9,two-thirds,adopted,133,4,16,36,189
        es-10-10,two-thirds,adopted,74,4,54,57,189
        es-10-11,two-thirds,adopted,114,4,11,60,189
        es-10-12,two-thirds,adopted,133,4,15,39,191
        es-10-13,two-thirds,adopted,144,4,12,31,191
        es-10-14,two-thirds,adopted,90,8,74,19,191
        es-10-15,two-thirds,adopted,150,6,10,25,191
        es-10-16,two-thirds,adopted,156,7,6,23,192
        es-10-17,two-thirds,adopted,162,7,7,16,192
        es-10-18,two-thirds,adopted,142,4,8,38,192
        es-10-19,two-thirds,adopted,128,9,35,21,193
        es-10-20,two-thirds,adopted,120,8,45,20,193
        es-10-21,two-thirds,adopted,120,14,45,14,193
        es-10-22,two-thirds,adopted,153,10,23,7,193
        es-10-23,two-thirds,adopted,143,9,25,16,193
        es-10-24,two-thirds,adopted,124,14,43,12,193
        es-10-25,two-thirds,adopted,159,9,11,14,193
        es-10-26,two-thirds,adopted,158,9,13,13,193
        es-10-27,two-thirds,adopted,149,12,19,13,193
        es-11-1,two-thirds,adopted,141,5,35,12,193
        es-11-2,two-thirds,adopted,140,5,38,10,193
        es-11-3,two-thirds,adopted,93,24,58,18,193
        es-11-4,two-thirds,adopted,143,5,35,10,193
        es-11-5,two-thirds,adopted,94,14,73,12,193
        es-11-6,two-thirds,adopted,141,7,32,13,193
        es-11-7,two-thirds,adopted,93,18,65,17,193
        es-11-8,two-thirds,adopted,93,8,73,19,193
        """;

    private const string TotalsOnly = """
        es-10-decision-2003-12-08,two-thirds,adopted,111,7,55,,191
        es-10-appeal-2018-06-13,simple-majority,not-adopted,66,73,26,,193
        es-10-amendment-2018-06-13,two-thirds,not-adopted,62,58,42,,193
        es-10-l-26,two-thirds,not-adopted,88,55,23,,193
        es-10-amendment-at-2023-12-12,two-thirds,not-adopted,89,61,,,193
        es-10-amendment-us-2023-12-12,two-thirds,not-adopted,84,62,25,,193
        es-11-motion-2022-10-10,simple-majority,adopted,107,13,39,,193
        es-11-amendment-2025-02-24,two-thirds,not-adopted,31,71,,,193
        es-11-9,two-thirds,adopted,91,12,57,,193
        """;

    /// <summary>Those whose names are in the record.</summary>
    public static readonly IReadOnlyList<RecordedTotals> OfRollCalls = Read(WithNames);

    /// <summary>Those of which only announced totals are known.</summary>
    public static readonly IReadOnlyList<RecordedTotals> Announced = Read(TotalsOnly);

    public bool TwoThirds => Rule == "two-thirds";

    public override string ToString() => Id;

    private static RecordedTotals[] Read(string csv) =>
        [
            .. csv.Split('\n')
                .Select(line => line.Split(','))
                .Select(f => new RecordedTotals(
                    f[0],
                    f[1],
                    f[2],
                    Number(f[3])!.Value,
                    Number(f[4])!.Value,
                    Number(f[5]),
                    Number(f[6]),
                    Number(f[7])!.Value
                )),
        ];

    private static int? Number(string text) => text.Length == 0 ? null : int.Parse(text, CultureInfo.InvariantCulture);
}
