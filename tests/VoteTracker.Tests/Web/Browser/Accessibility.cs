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
        async () => {
          const result = await axe.run(document, {
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], resultTypes: ["violations"] });
          return result.violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map((node) =>
            `axe: ${id}: ${help}: ${node.target}: ${[...node.any, ...node.all, ...node.none].map((c) => c.message).join("; ")}: ${node.html.slice(0, 200)}`));
        }
        """;

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    public static async Task<IEnumerable<string>> Faults(IPage page)
    {
        await page.EvaluateAsync(Axe).WaitAsync(Hang.Limit);
        var faults = await page.EvaluateAsync<JsonElement>(Run).WaitAsync(Hang.Limit);
        return faults.EnumerateArray().Select(fault => fault.GetString()!);
    }
}
