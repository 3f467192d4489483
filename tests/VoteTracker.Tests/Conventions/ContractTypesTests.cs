using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;
using FastEndpoints;
using FluentValidation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using VoteTracker.Endpoints;
using VoteTracker.Endpoints.Binding;
using VoteTracker.Endpoints.Metadata;
using VoteTracker.Features.RollCalls;

namespace VoteTracker.Tests.Conventions;

/// <summary>The types that cross HTTP are described, and requests are validated.</summary>
public sealed class ContractTypesTests
{
    [Test]
    public void Every_type_and_field_that_crosses_HTTP_is_described()
    {
        using var app = new App();
        var described = XDocument
            .Load(Path.Combine(AppContext.BaseDirectory, "VoteTracker.xml"))
            .Descendants("member")
            .Where(m => !string.IsNullOrWhiteSpace(m.Element("summary")?.Value))
            .Select(m => m.Attribute("name")!.Value)
            .ToHashSet(StringComparer.Ordinal);
        described.Count.ShouldBeGreaterThan(100);
        var crossing = new HashSet<Type>();
        foreach (var endpoint in ServedRoute.All(app).Select(r => r.Endpoint))
        {
            foreach (var body in endpoint.Metadata.GetOrderedMetadata<AcceptedBody>())
            {
                Collect(body.Type, crossing);
            }
            foreach (var answer in endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>())
            {
                Collect(answer.Type, crossing);
            }
        }
        crossing.Count.ShouldBeGreaterThan(25);
        crossing.ShouldContain(typeof(VoteTracker.Voting.Tallies.Tally));
        crossing.ShouldContain(typeof(RecordRollCallRequest));
        crossing.ShouldContain(typeof(VoteTracker.Features.Resolutions.ResolutionFields));
        var missing = new List<string>();
        foreach (var type in crossing)
        {
            type.IsPublic.ShouldBeTrue($"{type} crosses HTTP");
            missing.AddRange(Members(type).Append($"T:{type.FullName}").Where(member => !described.Contains(member)));
        }
        missing.ShouldBeEmpty();
    }

    [Test]
    public void Every_accepted_body_has_a_validator()
    {
        using var app = new App();
        var bodies = ServedRoute
            .All(app)
            .SelectMany(r => r.Endpoint.Metadata.GetOrderedMetadata<AcceptedBody>())
            .Select(a => a.Type)
            .ToHashSet();
        bodies.Count.ShouldBeGreaterThan(7);
        bodies
            .Where(body => app.Services.GetService(typeof(IValidator<>).MakeGenericType(body)) is null)
            .ShouldBeEmpty();
        // Every validator is registered for its type.
        var validators = Uses
            .Service.GetTypes()
            .Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(IValidator)))
            .ToList();
        validators.Count.ShouldBeGreaterThanOrEqualTo(bodies.Count);
        foreach (var validator in validators)
        {
            var contract = validator
                .GetInterfaces()
                .Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IValidator<>));
            app.Services.GetService(contract).ShouldBeOfType(validator);
        }
    }

    [Test]
    public void Every_route_that_writes_declares_the_body_that_it_binds()
    {
        using var app = new App();
        var writes = ServedRoute.All(app).Where(r => r.Method is "POST" or "PUT" or "PATCH" && !r.IsPage).ToList();
        writes.Count.ShouldBeGreaterThan(8);
        // A file is read line by line and never bound to a type.
        foreach (var route in writes.Where(r => r.Endpoint.Metadata.GetMetadata<AcceptedFile>() is null))
        {
            var bound = route.Endpoint.Metadata.GetRequiredMetadata<EndpointDefinition>().ReqDtoType;
            if (bound == typeof(EmptyRequest))
            {
                route.Endpoint.Metadata.GetOrderedMetadata<AcceptedBody>().ShouldBeEmpty($"{route}");
                continue;
            }
            var declared = route.Endpoint.Metadata.GetOrderedMetadata<AcceptedBody>().ShouldHaveSingleItem().Type;
            (
                bound == declared
                || bound == typeof(MergePatch<>).MakeGenericType(declared)
                || bound == typeof(RollCallBody) && declared == typeof(RecordRollCallRequest)
            ).ShouldBeTrue($"{route} binds {bound} and declares {declared}");
        }
    }

    [Test]
    public void No_row_of_the_database_is_a_positional_record()
    {
        // Positional records throw when a result with a computed column is empty.
        var rows = Uses
            .Service.GetTypes()
            .Where(t => t.Name.EndsWith("Row", StringComparison.Ordinal) && Uses.Folder(Uses.Outermost(t)) != "Voting")
            .ToList();
        rows.Count.ShouldBeGreaterThan(15);
        rows.Where(t => t.GetConstructor(BindingFlags.Instance | BindingFlags.Public, []) is null).ShouldBeEmpty();
        rows.SelectMany(t => t.GetProperties()).Where(p => p.SetMethod is null && IsColumn(p)).ShouldBeEmpty();
        // A computed property has no column.
        static bool IsColumn(PropertyInfo property) =>
            property.GetMethod!.IsDefined(typeof(CompilerGeneratedAttribute)) && property.Name != "EqualityContract";
    }

    private static IEnumerable<string> Members(Type type) =>
        type.IsEnum
            ? Enum.GetNames(type).Select(name => $"F:{type.FullName}.{name}")
            : type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Select(p => $"P:{type.FullName}.{p.Name}");

    private static void Collect(Type? type, HashSet<Type> crossing)
    {
        if (type is null or { IsGenericParameter: true })
        {
            return;
        }
        if (type.HasElementType)
        {
            Collect(type.GetElementType(), crossing);
            return;
        }
        foreach (var argument in type.IsGenericType ? type.GetGenericArguments() : [])
        {
            Collect(argument, crossing);
        }
        type = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (type.Assembly != Uses.Service || !crossing.Add(type))
        {
            return;
        }
        Collect(type.BaseType, crossing);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            Collect(property.PropertyType, crossing);
        }
    }
}
