using System.Reflection;
using System.Text.Json.Nodes;

namespace VoteTracker.Tests.Conventions;

/// <summary>What the services of one process share can be read by all of them at the same time.</summary>
public sealed class SharedStateTests
{
    // A JsonObject that was parsed builds its fields at the first read.
    [Test]
    public void No_static_field_holds_a_JSON_node()
    {
        var fields = typeof(Program)
            .Assembly.GetTypes()
            .Where(type => !type.ContainsGenericParameters)
            .SelectMany(type =>
                type.GetFields(
                    BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                )
            )
            .ToList();
        fields.Count.ShouldBeGreaterThan(100);

        fields
            .Where(field => !field.FieldType.IsAssignableTo(typeof(Delegate)))
            .Where(field => TypesOf(field.FieldType).Any(type => type.IsAssignableTo(typeof(JsonNode))))
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}")
            .ShouldBeEmpty();
    }

    private static IEnumerable<Type> TypesOf(Type type) =>
        type.GenericTypeArguments.SelectMany(TypesOf).Prepend(type.IsArray ? type.GetElementType()! : type);
}
