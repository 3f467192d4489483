using System.Diagnostics;
using System.Globalization;
using VoteTracker.Tests.Process;

namespace VoteTracker.Tests.Web.Pictures;

/// <summary>PNG in a process of its own: without fonts, without libraries, and for a long time.</summary>
public sealed class PngProcessTests
{
    /// <summary>The environment variable with the number of large pictures that the process draws.</summary>
    public const string Count = "VOTETRACKER_TESTS_PICTURES";

    private const string Install =
        "PNG pictures need fonts. Install Debian's packages fonts-noto-core, fonts-noto-cjk and libfontconfig1, and restart the service.";

    [Test]
    public async Task Without_fonts_the_service_starts_and_a_PNG_says_what_to_install()
    {
        using var folder = new Folder();
        await File.WriteAllTextAsync(Path.Combine(folder, "fonts.conf"), Fonts(""));
        await using var service = await Start(folder, ("FONTCONFIG_FILE", Path.Combine(folder, "fonts.conf")));
        Lines(service)
            .ShouldBe([
                $"PNG Unavailable: No font for Latin was found. {Install} SVG pictures do not need them.",
                $"PNG Unavailable: No font for Latin and Arabic was found. {Install} SVG pictures do not need them.",
                $"PNG Unavailable: No font for Latin and Chinese was found. {Install} SVG pictures do not need them.",
            ]);
        await ServesTallies(service);
        using var client = service.Client();
        using var png = await client.GetAsync("/v1/resolutions/es-10-27/badge.png");
        png.StatusCode.ShouldBe(System.Net.HttpStatusCode.ServiceUnavailable);
        png.Headers.RetryAfter.ShouldNotBeNull();
        (await png.Content.ReadAsStringAsync()).ShouldContain(Install);
        using var svg = await client.GetAsync("/v1/resolutions/es-10-27/badge.svg");
        svg.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Test]
    public async Task Without_the_font_of_a_language_only_pictures_with_that_language_are_unavailable()
    {
        using var folder = new Folder();
        var latin = Path.Combine(folder, "latin");
        Directory.CreateDirectory(latin);
        var font = Directory.EnumerateFiles("/usr/share/fonts", "NotoSans-Regular.ttf", SearchOption.AllDirectories);
        File.Copy(font.First(), Path.Combine(latin, "NotoSans-Regular.ttf"));
        await File.WriteAllTextAsync(Path.Combine(folder, "fonts.conf"), Fonts($"<dir>{latin}</dir>"));
        await using var service = await Start(folder, ("FONTCONFIG_FILE", Path.Combine(folder, "fonts.conf")));
        Lines(service)
            .ShouldBe([
                "PNG Drawn: ",
                $"PNG Unavailable: No font for Arabic was found. {Install} SVG pictures do not need them.",
                $"PNG Unavailable: No font for Chinese was found. {Install} SVG pictures do not need them.",
            ]);
    }

    [Test]
    public async Task Without_the_library_fontconfig_the_service_starts_and_a_PNG_says_what_to_install()
    {
        using var folder = new Folder();
        // The loader finds this file first, and it is not a library.
        await File.WriteAllTextAsync(Path.Combine(folder, "libfontconfig.so.1"), "");
        await using var service = await Start(folder, ("LD_LIBRARY_PATH", folder));
        Lines(service).ShouldBe(Enumerable.Repeat($"PNG Unavailable: {Install} SVG pictures do not need them.", 3));
        await ServesTallies(service);
    }

    [Test]
    public async Task Nothing_of_Skia_is_loaded_before_the_first_PNG()
    {
        using var folder = new Folder();
        await using var service = await Service.Start(folder);
        await ServesTallies(service);
        var libraries = await Libraries(service);
        libraries.ShouldContain(line => line.Contains("FastEndpoints", StringComparison.Ordinal));
        libraries.Where(IsOfPng).ShouldBeEmpty();

        // The test finds them if they are loaded.
        using var other = new Folder();
        await using var drawing = await Start(other);
        Lines(drawing).ShouldBe(["PNG Drawn: ", "PNG Drawn: ", "PNG Drawn: "]);
        (await Libraries(drawing)).Where(IsOfPng).ShouldNotBeEmpty();

        static bool IsOfPng(string line) =>
            ((string[])["Skia", "HarfBuzz", "Svg.", "ExCSS", "fontconfig"]).Any(line.Contains);
    }

    [Test]
    public async Task A_hundred_large_PNGs_do_not_use_more_and_more_memory()
    {
        using var folder = new Folder();
        await using var service = await Start(folder, (Count, "100"));
        var memory = service
            .Output.Split('\n')
            .Where(line => line.StartsWith("MiB ", StringComparison.Ordinal))
            .Select(line => int.Parse(line[4..], CultureInfo.InvariantCulture))
            .ToList();
        memory.Count.ShouldBe(2);
        // The pixels of one picture are 3 MiB.
        (memory[1] - memory[0]).ShouldBeLessThan(40);
        memory[1].ShouldBeLessThan(400);
    }

    private static async Task ServesTallies(Service service)
    {
        using var client = service.Client();
        (await client.GetStringAsync("/v1/resolutions/es-10-27/tally")).ShouldContain("149");
    }

    private static List<string> Lines(Service service) =>
        [
            .. service
                .Output.Split('\n')
                .Select(line => line.TrimEnd('\r'))
                .Where(line => line.StartsWith("PNG ", StringComparison.Ordinal)),
        ];

    private static async Task<string[]> Libraries(Service service) =>
        await File.ReadAllLinesAsync($"/proc/{service.Id}/maps");

    private static string Fonts(string folders) =>
        $"<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>{folders}</fontconfig>";

    private static Task<Service> Start(Folder folder, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", [Service.Program, "--Urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = folder,
        };
        start.Environment["VOTETRACKER_ADMINKEY"] = App.AdminKey;
        start.Environment["DOTNET_STARTUP_HOOKS"] = typeof(PngProcessTests).Assembly.Location;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return Service.Start(start);
    }
}
