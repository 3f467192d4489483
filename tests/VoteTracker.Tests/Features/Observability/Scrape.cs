using System.Globalization;
using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Features.Observability;

/// <summary>The metrics of a service, as Prometheus reads them.</summary>
internal sealed partial class Scrape(string text)
{
    private readonly IReadOnlyList<string> _samples =
    [
        .. text.Split('\n').Where(line => line.Length > 0 && line[0] != '#'),
    ];

    public string Text => text;

    /// <summary>The names of the samples.</summary>
    public IReadOnlySet<string> Names => _samples.Select(NameOf).ToHashSet(StringComparer.Ordinal);

    /// <summary>The names of the labels of the metrics that begin with a text.</summary>
    public IReadOnlySet<string> LabelsOf(string start) =>
        _samples
            .Where(line => line.StartsWith(start, StringComparison.Ordinal))
            .SelectMany(line => Label().Matches(line).Select(match => match.Groups["name"].Value))
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The value of the sample with this name and these labels; null if there is none.</summary>
    public double? Value(string name, params string[] labels) =>
        _samples
            .Where(line =>
                NameOf(line) == name
                && Array.TrueForAll(labels, label => line.Contains(label, StringComparison.Ordinal))
            )
            .Select(line =>
                (double?)
                    double.Parse(
                        line[(Math.Max(line.LastIndexOf('}'), name.Length - 1) + 1)..].Trim().Split(' ')[0],
                        CultureInfo.InvariantCulture
                    )
            )
            .SingleOrDefault();

    /// <summary>Reads the metrics.</summary>
    public static async Task<Scrape> Read(HttpClient admin) => new(await admin.GetStringAsync("/metrics"));

    /// <summary>Reads the metrics until they fulfil a condition.</summary>
    public static async Task<Scrape> Until(HttpClient admin, Func<Scrape, bool> isFulfilled)
    {
        using var limit = new CancellationTokenSource(Hang.Limit);
        while (true)
        {
            var scrape = await Read(admin);
            if (isFulfilled(scrape))
            {
                return scrape;
            }
            limit.IsCancellationRequested.ShouldBeFalse(scrape.Text);
            await Task.Delay(50);
        }
    }

    private static string NameOf(string sample) => sample[..sample.IndexOfAny(['{', ' '])];

    [GeneratedRegex("[{,](?<name>[a-z_]+)=\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Label();
}
