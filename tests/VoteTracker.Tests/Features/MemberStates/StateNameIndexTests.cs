using System.Diagnostics;
using VoteTracker.Features.MemberStates;

namespace VoteTracker.Tests.Features.MemberStates;

/// <summary>States are found by the names that people use.</summary>
public sealed class StateNameIndexTests
{
    private static readonly StateNameIndex Index = StateNameIndex.Shipped;
    private static readonly string[] Files = ["member-states.csv", "member-state-aliases.csv"];

    [Test]
    public void Each_state_is_found_by_its_official_names_and_no_name_is_of_two_states_except_Congo_and_Korea()
    {
        var files = Files.Select(Rows).ToList();
        string[] columns = ["undl_name", "name_en", "name_fr", "name_es", "name_ru", "name_zh", "name_ar", "formal_en"];
        var names = files[0].SelectMany(row => columns.Select(c => (Iso3: row["iso3"], Name: row[c]))).ToList();
        names.AddRange(files[1].Select(row => (row["iso3"], row["alias"])));
        names.RemoveAll(name => name.Name.Length == 0);
        names.Count.ShouldBeGreaterThan(1_900);
        var ambiguous = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (iso3, name) in names)
        {
            foreach (
                var form in (string[])[name, name.ToUpperInvariant(), $"  {name.ToLowerInvariant()} ", $"the {name}"]
            )
            {
                var found = Index.Find(form);
                found.ShouldContain(iso3, form);
                if (found.Count > 1)
                {
                    ambiguous.Add(name.ToUpperInvariant());
                }
            }
        }
        string[] expected = ["CONGO", "КОНГО", "刚果", "الكونغو", "KOREA", "CORÉE", "COREA", "КОРЕЯ", "كوريا"];
        ambiguous.ShouldBeInAnyOrder(expected);
    }

    // CLDR, through Node.js, is a list of usual names that is independent of the project's.
    [Test]
    public async Task Each_member_is_found_by_its_usual_name_in_six_languages()
    {
        var members = Rows("member-states.csv").Where(row => row["kind"] == "member").ToList();
        members.Count.ShouldBe(193);
        var codes = string.Join(',', members.Select(row => $"\"{row["iso2"]}\""));
        using var node = System.Diagnostics.Process.Start(
            new ProcessStartInfo(
                "node",
                [
                    "-e",
                    $"for (const l of ['en','fr','es','ru','zh','ar']) for (const c of [{codes}]) console.log(c + '|' + new Intl.DisplayNames([l], {{type: 'region'}}).of(c))",
                ]
            )
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            }
        )!;
        var lines = (await node.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await node.WaitForExitAsync();
        lines.Length.ShouldBe(6 * 193);
        var iso3 = members.ToDictionary(row => row["iso2"], row => row["iso3"], StringComparer.Ordinal);
        lines
            .Select(line => line.Split('|'))
            // In Spanish, CLDR calls Congo what no list can tell from the Democratic Republic of the Congo.
            .Where(pair => pair[1] != "Congo")
            .Where(pair => Index.Find(pair[1]) is not [var found] || found != iso3[pair[0]])
            .Select(pair => string.Join(' ', pair))
            .ShouldBeEmpty();
    }

    [TestCase("UK", "GBR")]
    [TestCase("Great Britain", "GBR")]
    [TestCase("Russia", "RUS")]
    [TestCase("DRC", "COD")]
    [TestCase("DR Congo", "COD")]
    [TestCase("Congo, Dem. Rep.", "COD")]
    [TestCase("Congo (Democratic Republic of the)", "COD")]
    [TestCase("Congo-Brazzaville", "COG")]
    [TestCase("Congo, Republic of the", "COG")]
    [TestCase("south korea", "KOR")]
    [TestCase("Korea, Republic of", "KOR")]
    [TestCase("Korea, Rep.", "KOR")]
    [TestCase("Korea (Democratic People’s Republic of)", "PRK")]
    [TestCase("N. Korea", "PRK")]
    [TestCase("S. Sudan", "SSD")]
    [TestCase("S Africa", "ZAF")]
    [TestCase("S. Korea", "KOR")]
    [TestCase("N. Macedonia", "MKD")]
    [TestCase("E. Timor", "TLS")]
    [TestCase("Venezuela, RB", "VEN")]
    [TestCase("Micronesia, Fed. Sts.", "FSM")]
    [TestCase("Russian Fed.", "RUS")]
    [TestCase("Somalia, Fed. Rep.", "SOM")]
    [TestCase("Egypt, Arab Rep.", "EGY")]
    [TestCase("Syrian Arab Rep.", "SYR")]
    [TestCase("St. Lucia", "LCA")]
    [TestCase("St. Vin. and Gren.", "VCT")]
    [TestCase("Antigua and Barb.", "ATG")]
    [TestCase("Bosnia and Herz.", "BIH")]
    [TestCase("Dem. Rep. Congo", "COD")]
    [TestCase("Rep. Congo", "COG")]
    [TestCase("Congo, Rep.", "COG")]
    [TestCase("Central African Rep.", "CAF")]
    [TestCase("C. African Rep.", "CAF")]
    [TestCase("Dominican Rep.", "DOM")]
    [TestCase("Eq. Guinea", "GNQ")]
    [TestCase("Iran, Islamic Rep.", "IRN")]
    [TestCase("Yemen, Rep.", "YEM")]
    [TestCase("Lao PDR", "LAO")]
    [TestCase("Korea, Dem. People's Rep.", "PRK")]
    [TestCase("Korea, Dem. Rep.", "PRK")]
    [TestCase("Marshall Is.", "MHL")]
    [TestCase("Solomon Is.", "SLB")]
    [TestCase("Papua N. Guinea", "PNG")]
    [TestCase("Tanzania, United Rep.", "TZA")]
    [TestCase("Moldova, Rep.", "MDA")]
    [TestCase("Bahamas, The", "BHS")]
    [TestCase("Macedonia, FYR", "MKD")]
    [TestCase("Slovak Rep.", "SVK")]
    [TestCase("Kyrgyz Rep.", "KGZ")]
    [TestCase("Czech Rep.", "CZE")]
    [TestCase("U.A.E.", "ARE")]
    [TestCase("IS", "ISL")]
    [TestCase("ST", "STP")]
    [TestCase("Turkey", "TUR")]
    [TestCase("Ivory Coast", "CIV")]
    [TestCase("Cote DIvoire", "CIV")]
    [TestCase("CÔTE D’IVOIRE", "CIV")]
    [TestCase("Burma", "MMR")]
    [TestCase("Holland", "NLD")]
    [TestCase("The Netherlands", "NLD")]
    [TestCase("Swaziland", "SWZ")]
    [TestCase("Czech Republic", "CZE")]
    [TestCase("Guinea Bissau", "GNB")]
    [TestCase("Guinea", "GIN")]
    [TestCase("Niger", "NER")]
    [TestCase("Dominica", "DMA")]
    [TestCase("Sudan", "SDN")]
    [TestCase("Samoa", "WSM")]
    [TestCase("Bosnia & Herzegovina", "BIH")]
    [TestCase("St. Vincent & the Grenadines", "VCT")]
    [TestCase("St Kitts/Nevis", "KNA")]
    [TestCase("Gambia, The", "GMB")]
    [TestCase("Iran", "IRN")]
    [TestCase("Iran, Islamic Republic of", "IRN")]
    [TestCase("Viet-Nam", "VNM")]
    [TestCase("Corée du Sud", "KOR")]
    [TestCase("Etats Unis", "USA")]
    [TestCase("EE.UU.", "USA")]
    [TestCase("США", "USA")]
    [TestCase("朝鲜", "PRK")]
    [TestCase("المملكة المتحدة", "GBR")]
    [TestCase("nor", "NOR")]
    [TestCase("NO", "NOR")]
    [TestCase("Vatican", "VAT")]
    [TestCase("Yugoslavia", "YUG")]
    public void A_state_is_found_by_a_common_name(string name, string iso3) => Index.Find(name).ShouldBe([iso3]);

    [TestCase("Congo", "COG", "COD")]
    [TestCase("the congo", "COG", "COD")]
    [TestCase("刚果", "COG", "COD")]
    [TestCase("Korea", "KOR", "PRK")]
    [TestCase("Corée", "KOR", "PRK")]
    public void An_ambiguous_name_finds_every_state_that_it_can_mean(string name, params string[] codes) =>
        Index.Find(name).ShouldBeInAnyOrder(codes);

    [TestCase("")]
    [TestCase("  ")]
    [TestCase("...")]
    [TestCase("the")]
    [TestCase("Atlantis")]
    [TestCase("Norwai")]
    [TestCase("Saint")]
    [TestCase("Islands")]
    [TestCase("Rep.")]
    [TestCase("Virgin Is.")]
    [TestCase("Republic of China")]
    public void Another_text_finds_no_state(string name) => Index.Find(name).ShouldBeEmpty();

    [TestCase("Norwai", "NOR")]
    [TestCase("Virgin Islands")]
    [TestCase("Arab Republic", "EGY", "SYR")]
    [TestCase("Sudann", "SDN")]
    [TestCase("Atlantis")]
    [TestCase("!")]
    public void A_name_that_is_not_found_has_similar_ones(string name, params string[] codes) =>
        Index.FindSimilar(name).ShouldBe(codes);

    private static List<Dictionary<string, string>> Rows(string file)
    {
        using var csv = VoteTracker.Endpoints.Tables.Csv.Read(
            File.ReadAllBytes(Path.Combine(Repository.Root, "data", file))
        );
        var header = csv.Headers.ToList();
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read())
        {
            rows.Add(
                header.Index().ToDictionary(c => c.Item, c => csv.GetString(c.Index) ?? "", StringComparer.Ordinal)
            );
        }
        return rows;
    }
}
