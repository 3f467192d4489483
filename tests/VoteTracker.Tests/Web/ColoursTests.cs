using System.Globalization;
using System.Text.RegularExpressions;

namespace VoteTracker.Tests.Web;

/// <summary>
/// The colours of positions, for full sight and for the three kinds of colour blindness. The simulation is that of Machado,
/// Oliveira and Fernandes (2009), "A Physiologically-based Model for Simulation of Color Vision Deficiency".
/// </summary>
public sealed partial class ColoursTests
{
    private static readonly string[] Positions = ["yes", "no", "abstain", "undecided", "absent"];

    private static readonly Dictionary<string, double[][]> Sights = new(StringComparer.Ordinal)
    {
        ["full"] =
        [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
        ],
        ["protanopia"] =
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
        ["deuteranopia"] =
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        ["tritanopia"] =
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    };

    [TestCase(0)]
    [TestCase(1)]
    public void Each_colour_is_readable_as_text_on_its_paper(int theme)
    {
        var colours = Read(theme);
        foreach (var position in Positions)
        {
            // WCAG 2.2, criterion 1.4.3.
            Contrast(colours[position], colours["paper"]).ShouldBeGreaterThan(4.5, position);
        }
    }

    [Test]
    public void No_two_positions_look_alike(
        [Values(0, 1)] int theme,
        [Values("full", "protanopia", "deuteranopia", "tritanopia")] string sight
    )
    {
        var seen = Positions.ToDictionary(p => p, p => Lab(See(Read(theme)[p], Sights[sight])), StringComparer.Ordinal);
        foreach (var a in Positions)
        {
            foreach (var b in Positions.Where(b => b != a))
            {
                // A difference of 2.3 can just be noticed. The marks differ by their signs too.
                Distance(seen[a], seen[b]).ShouldBeGreaterThan(10, $"{a} and {b}");
            }
        }
    }

    [Test]
    public void The_pictures_have_the_colours_of_the_pages()
    {
        foreach (
            var (theme, palette) in new[]
            {
                (0, VoteTracker.Web.Pictures.Theme.Light),
                (1, VoteTracker.Web.Pictures.Theme.Dark),
            }
        )
        {
            var colours = VoteTracker.Web.Pictures.Palette.Of(palette);
            var css = Read(theme);
            foreach (
                var (name, colour) in new[]
                {
                    ("yes", colours.Yes),
                    ("no", colours.No),
                    ("abstain", colours.Abstain),
                    ("ink", colours.Ink),
                }
            )
            {
                Parse(colour).ShouldBe(css[name], name);
            }
        }
    }

    private static Dictionary<string, double[]> Read(int theme)
    {
        var css = File.ReadAllText(Path.Combine(Repository.Root, "src", "VoteTracker", "Web", "assets", "site.css"));
        var colours = Variable()
            .Matches(css)
            .ToDictionary(
                m => m.Groups["name"].Value,
                m => Parse(m.Groups[theme == 0 ? "light" : "dark"].Value),
                StringComparer.Ordinal
            );
        colours.Count.ShouldBeGreaterThan(10);
        return colours;
    }

    private static double[] Parse(string hex)
    {
        var digits = hex.TrimStart('#');
        if (digits.Length == 3)
        {
            digits = string.Concat(digits.Select(d => $"{d}{d}"));
        }
        return
        [
            .. digits
                .Chunk(2)
                .Select(pair => int.Parse(pair, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
                .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)),
        ];
    }

    private static double Contrast(double[] a, double[] b)
    {
        var (light, dark) = (Math.Max(Luminance(a), Luminance(b)), Math.Min(Luminance(a), Luminance(b)));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double Luminance(double[] c) => 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];

    private static double[] See(double[] colour, double[][] sight) =>
        [.. sight.Select(row => Math.Clamp(row.Zip(colour, (m, c) => m * c).Sum(), 0, 1))];

    // CIE 1976 L*a*b* under D65.
    private static double[] Lab(double[] c)
    {
        var x = F((0.4124 * c[0] + 0.3576 * c[1] + 0.1805 * c[2]) / 0.95047);
        var y = F(Luminance(c));
        var z = F((0.0193 * c[0] + 0.1192 * c[1] + 0.9505 * c[2]) / 1.08883);
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)];

        static double F(double t) => t > 0.008856 ? Math.Cbrt(t) : 7.787 * t + 16.0 / 116;
    }

    private static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());

    [GeneratedRegex(@"--(?<name>[a-z]+): light-dark\((?<light>#\w+), (?<dark>#\w+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Variable();
}
