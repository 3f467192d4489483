using System.Text.Json;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>
/// The rules of WCAG 2.2, levels A and AA, as axe checks them. `RunAxe` of the package opens a second page to join the
/// results of frames, and took 1.2 s; the pages have no frames, and its script alone takes a fraction of that.
/// </summary>
internal static class Accessibility
{
    private const string Run = """
        async (exclude) => {
          const result = await axe.run({ include: [["html"]], exclude }, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] });
          return result.violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map((node) =>
            `axe: ${id}: ${help}: ${node.target}: ${[...node.any, ...node.all, ...node.none].map((c) => c.message).join("; ")}: ${node.html.slice(0, 200)}`));
        }
        """;

    // Each rule looks at every element, and the sheet has 193 similar rows.
    private static readonly string[][] Similar =
    [
        ["li:nth-child(n + 25)"],
        ["tbody tr:nth-child(n + 25)"],
    ];

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    /// <summary>Returns what is wrong: in the whole page, or only in the first 24 items of each list and table.</summary>
    public static async Task<IEnumerable<string>> Faults(IPage page, bool isWhole = true)
    {
        await page.EvaluateAsync(Axe);
        var faults = await page.EvaluateAsync<JsonElement>(Run, isWhole ? [] : Similar);
        return faults.EnumerateArray().Select(fault => fault.GetString()!);
    }
}
