using System.Text.Json;
using Microsoft.Playwright;

namespace VoteTracker.Tests.Web.Browser;

/// <summary>Walks a page with the tabulator key, as a reader without a mouse does.</summary>
internal static class Keyboard
{
    private const string Prepare = """
        () => {
          const visible = (e) => e.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
          const style = (e) => {
            const s = getComputedStyle(e);
            const outline = s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 1 ? "" : s.outlineColor + s.outlineWidth + s.outlineOffset;
            return [outline, s.boxShadow, s.backgroundColor, s.borderColor, s.stroke, s.strokeWidth, s.textDecoration].join();
          };
          const all = [...document.querySelectorAll(
            "a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, audio[controls], video[controls], [tabindex], [contenteditable=true]")]
            .filter((e) => e.tabIndex >= 0 && !e.disabled && visible(e) && !e.closest("[inert]"))
            // One button of a group of radio buttons takes part.
            .filter((e) => e.type !== "radio" || e.checked || !e.name);
          const before = new Map(all.map((e) => [e, style(e)]));
          const describe = (e) => `<${e.localName}${e.id ? "#" + e.id : ""}> ${(e.textContent || e.getAttribute("aria-label") || e.name || "").trim().slice(0, 40)}`;
          const walk = (window.walked = { count: all.length, reached: new Set(), faults: new Set(), last: null, ended: false });
          // Other elements appear while the focus moves, and a field of a date has several stops.
          const left = () => all.filter((e) => !walk.reached.has(e) && e.isConnected && visible(e) && e.tabIndex >= 0);
          walk.left = () => left().length;
          walk.missing = () => left().map(describe);
          document.addEventListener("focusin", (event) => {
            const e = event.target;
            walk.reached.add(e);
            if (before.has(e) && style(e) === before.get(e)) walk.faults.add(`no visible focus: ${describe(e)}`);
            const box = e.getBoundingClientRect();
            if (box.right <= 0 || box.left >= innerWidth || box.bottom <= 0 || box.top >= innerHeight) walk.faults.add(`focus outside the window: ${describe(e)}`);
          });
          document.activeElement?.blur();
          getSelection().removeAllRanges();
          scrollTo(0, 0);
          return all.length;
        }
        """;

    private const string Result =
        "() => [...window.walked.faults, ...window.walked.missing().map((e) => `not reached: ${e}`)]";

    /// <summary>Presses Tab until the focus has left the page. Returns what is wrong, and how many elements there are.</summary>
    public static async Task<(int Count, IReadOnlyList<string> Faults)> Walk(IPage page)
    {
        var count = await page.EvaluateAsync<int>(Prepare);
        var left = count;
        for (var presses = 0; presses < (2 * count) + 20 && left > 0; presses++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (presses % 20 == 0 || presses >= count - 1)
            {
                left = await page.EvaluateAsync<int>("() => window.walked.left()");
            }
        }
        var faults = await page.EvaluateAsync<JsonElement>(Result);
        return (count, [.. faults.EnumerateArray().Select(fault => fault.GetString()!).Take(20)]);
    }
}
