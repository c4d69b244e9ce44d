using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace BookingFunctions.Tests.Infra;

/// <summary>What the templates of <c>infra</c> make of Azure, read from the compiled template.</summary>
public partial class TemplateTests
{
    private static readonly Lazy<Task<(JsonNode Template, string Errors)>> Compiled = new(BuildAsync);

    [BicepFact]
    public async Task The_templates_compile_and_no_rule_has_anything_to_say() => Assert.Equal("", (await Compiled.Value).Errors);

    [BicepFact]
    public async Task The_templates_are_formatted()
    {
        var folder = Directory.CreateTempSubdirectory("bicep-").FullName;
        var files = Directory.EnumerateFiles(BicepCompiler.Folder, "*.bicep", SearchOption.AllDirectories)
            .ToDictionary(file => Path.Combine(folder, Path.GetFileName(file)), File.ReadAllText);
        foreach (var (file, text) in files)
        {
            await File.WriteAllTextAsync(file, text);
        }

        var (exitCode, _, errors) = await BicepCompiler.RunAsync("format", "--pattern", $"{folder}/*.bicep");

        Assert.True(exitCode == 0, errors);
        Assert.All(files, file => Assert.Equal(file.Value.TrimEnd(), File.ReadAllText(file.Key).TrimEnd()));
        Directory.Delete(folder, recursive: true);
    }

    [BicepFact]
    public async Task No_setting_and_no_output_holds_a_secret()
    {
        var template = await CompileAsync();

        Assert.DoesNotMatch(Secrets(), template.ToJsonString());
        foreach (var parameters in Templates(template).Select(nested => nested["parameters"]).OfType<JsonObject>())
        {
            Assert.DoesNotContain(
                parameters,
                parameter => parameter.Value!["type"]?.GetValue<string>().StartsWith("secure", StringComparison.OrdinalIgnoreCase) == true);
        }
    }

    [BicepFact]
    public async Task Storage_takes_no_keys_no_old_tls_and_shows_nothing_to_the_public()
    {
        var account = Resources(await CompileAsync())
            .Single(resource => Type(resource) == "Microsoft.Storage/storageAccounts")["properties"]!;

        Assert.False(account["allowSharedKeyAccess"]!.GetValue<bool>());
        Assert.False(account["allowBlobPublicAccess"]!.GetValue<bool>());
        Assert.True(account["supportsHttpsTrafficOnly"]!.GetValue<bool>());
        Assert.Equal("TLS1_2", account["minimumTlsVersion"]!.GetValue<string>());
    }

    [BicepFact]
    public async Task Telemetry_is_taken_only_from_known_identities()
    {
        var resources = Resources(await CompileAsync()).ToList();

        var component = resources.Single(resource => Type(resource) == "Microsoft.Insights/components");
        Assert.True(component["properties"]!["DisableLocalAuth"]!.GetValue<bool>());
        var settings = AppSettings(resources);
        Assert.Contains("Authorization=AAD", settings, StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task Every_role_is_given_on_one_resource_and_not_on_a_group()
    {
        var assignments = Resources(await CompileAsync())
            .Where(resource => Type(resource) == "Microsoft.Authorization/roleAssignments")
            .ToList();

        Assert.NotEmpty(assignments);
        Assert.All(assignments, assignment => Assert.NotNull(assignment["scope"]));
    }

    [BicepFact]
    public async Task The_scheduler_is_there_if_it_is_the_backend_and_settings_switch_to_it()
    {
        var template = await CompileAsync();

        var backends = template["parameters"]!["backend"]!["allowedValues"]!.AsArray();
        Assert.Equal(["storage", "scheduler"], backends.Select(value => value!.GetValue<string>()));
        var module = Resources(template).Single(resource => Type(resource) == "Microsoft.Resources/deployments"
            && resource.ToJsonString().Contains("Microsoft.DurableTask/schedulers/taskHubs", StringComparison.Ordinal));
        Assert.Equal("[equals(parameters('backend'), 'scheduler')]", module["condition"]!.GetValue<string>());
        var app = Templates(template).Single(
            nested => Resources(nested, recursive: false).Any(resource => Type(resource) == "Microsoft.Web/sites"));
        var switched = app["variables"]!["schedulerSettings"]!.GetValue<string>();
        Assert.Contains(
            "AzureFunctionsJobHost__extensions__durableTask__storageProvider__type', 'azureManaged'", switched, StringComparison.Ordinal);
        Assert.Contains("Authentication=ManagedIdentity", switched, StringComparison.Ordinal);
    }

    [BicepFact]
    public async Task The_parameter_file_names_every_parameter_and_no_other()
    {
        var template = await CompileAsync();
        var file = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(BicepCompiler.Folder, "main.parameters.json")))!;

        Assert.Equal(Names(template["parameters"]!), Names(file["parameters"]!));
    }

    [BicepFact]
    public async Task Operators_are_alerted_by_queries_that_a_new_workspace_takes()
    {
        var template = await CompileAsync();
        var alert = Resources(template).Single(resource => Type(resource) == "Microsoft.Insights/scheduledQueryRules");
        var rules = Templates(template).Single(nested => nested["variables"]?["rules"] is not null)["variables"]!["rules"]!.AsArray();

        Assert.True(alert["properties"]!["skipQueryValidation"]!.GetValue<bool>());
        Assert.Equal(
            ["trips-need-attention", "orchestrations-fail", "activities-fail"], rules.Select(rule => rule!["name"]!.GetValue<string>()));
        Assert.All(rules, rule => Assert.Matches("^App(Traces|Requests) \\| where ", rule!["query"]!.GetValue<string>()));
    }

    [BicepFact]
    public async Task The_private_network_shuts_the_storage_account_and_has_an_endpoint_for_each_service()
    {
        var template = await CompileAsync();
        var account = Resources(template).Single(resource => Type(resource) == "Microsoft.Storage/storageAccounts")["properties"]!;
        var endpoints = Resources(template).Single(resource => resource["copy"]?["name"]?.GetValue<string>() == "privateAccess");

        Assert.Equal("[if(parameters('isPrivate'), 'Disabled', 'Enabled')]", account["publicNetworkAccess"]!.GetValue<string>());
        Assert.Equal("[parameters('isPrivate')]", endpoints["condition"]!.GetValue<string>());
        Assert.Contains("createArray('blob', 'queue', 'table')", endpoints["copy"]!["count"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_deployment_stores_no_credential_and_shows_what_it_would_change_before_it_does()
    {
        var workflow = await File.ReadAllTextAsync(Path.Combine(BicepCompiler.Folder, "..", ".github", "workflows", "deploy.yml"));

        Assert.DoesNotContain("secrets.", workflow, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("id-token: write", workflow, StringComparison.Ordinal);
        Assert.Contains("options: [RollingUpdate, Recreate]", workflow, StringComparison.Ordinal);
        string[] steps =
        [
            "bash .ci/run", "azd auth login", "azd provision --preview", "azd up", "::add-mask::$key", "/api/trips", "Confirmed",
        ];
        var places = steps.Select(step => workflow.IndexOf(step, StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public async Task The_sample_of_local_settings_holds_no_secret_and_all_that_the_host_asks_for()
    {
        var sample = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(BicepCompiler.Folder, "..", "local.settings.sample.json")))!;

        Assert.False(sample["IsEncrypted"]!.GetValue<bool>());
        Assert.Equal(
            [
                "AzureWebJobsDisableHomepage=true",
                "AzureWebJobsStorage=UseDevelopmentStorage=true",
                "FUNCTIONS_WORKER_RUNTIME=dotnet-isolated",
            ],
            sample["Values"]!.AsObject().Select(setting => $"{setting.Key}={setting.Value}").Order(StringComparer.Ordinal));
        Assert.DoesNotMatch(Secrets(), sample.ToJsonString());
    }

    private static string[] Names(JsonNode parameters) =>
        [.. parameters.AsObject().Select(parameter => parameter.Key).Order(StringComparer.Ordinal)];

    private static async Task<JsonNode> CompileAsync() => (await Compiled.Value).Template;

    private static async Task<(JsonNode Template, string Errors)> BuildAsync()
    {
        var (exitCode, output, errors) = await BicepCompiler.RunAsync("build", "main.bicep", "--stdout");
        Assert.True(exitCode == 0, errors);
        return (JsonNode.Parse(output)!, errors);
    }

    private static string AppSettings(IEnumerable<JsonNode> resources) =>
        resources.Single(resource => Type(resource) == "Microsoft.Web/sites/config").ToJsonString();

    private static string Type(JsonNode resource) => resource["type"]!.GetValue<string>();

    private static IEnumerable<JsonNode> Templates(JsonNode template) => Resources(template, recursive: false)
        .Select(resource => (resource["properties"] as JsonObject)?["template"]).OfType<JsonNode>().SelectMany(Templates).Prepend(template);

    private static IEnumerable<JsonNode> Resources(JsonNode template, bool recursive = true)
    {
        var own = template["resources"] switch
        {
            JsonArray list => list.OfType<JsonNode>(),
            JsonObject named => named.Select(entry => entry.Value!),
            _ => [],
        };
        foreach (var resource in own)
        {
            yield return resource;
            if (recursive && (resource["properties"] as JsonObject)?["template"] is { } nested)
            {
                foreach (var inner in Resources(nested))
                {
                    yield return inner;
                }
            }
        }
    }

    [GeneratedRegex("AccountKey|SharedAccessSignature|listKeys|listAccountSas|listServiceSas|password", RegexOptions.IgnoreCase)]
    private static partial Regex Secrets();
}
