using Microsoft.Playwright;
using VoteTracker.Localization;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>How a reader sees a page: the language, the width of the window in pixels, and light or dark.</summary>
internal sealed record Look(string Code = "en", int Width = 1440, bool IsDark = false)
{
    public const int Phone = 360;
    public const int Desktop = 1440;

    public static readonly IReadOnlyList<string> Languages = [.. Language.All.Select(l => l.Code)];

    /// <summary>All combinations. Neighbours differ in language, so that a part of the list has many of them.</summary>
    public static readonly IReadOnlyList<Look> All =
    [
        .. from isDark in new[] { false, true }
        from width in new[] { Phone, Desktop }
        from code in Languages
        select new Look(code, width, isDark),
    ];

    public Language Language => Language.Find(Code)!;

    public ColorScheme Scheme => IsDark ? ColorScheme.Dark : ColorScheme.Light;

    public override string ToString() => $"{Code}-{Width}-{(IsDark ? "dark" : "light")}";
}
