using System.Reflection;
using LocalFunctionsHost.Settings;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Microsoft.Extensions.Configuration;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace BookingFunctions.Tests.Local;

/// <summary>The settings of <c>host.json</c> against the types that the published Durable Functions extension reads them into.</summary>
public sealed class PublishedOptionsTests
{
    private static readonly JsonSerializerSettings Strict = new() { MissingMemberHandling = MissingMemberHandling.Error };

    [Fact]
    public void The_app_s_host_json_binds_to_the_published_options_without_a_rest()
    {
        var file = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "host.json"));
        var section = (JObject)JObject.Parse(file)["extensions"]!["durableTask"]!;
        var provider = (JObject)section["storageProvider"]!;

        JsonConvert.PopulateObject($"{section}", new DurableTaskOptions(), Strict);
        JsonConvert.PopulateObject($"{provider}", new AzureStorageOptions(), Strict);
    }

    [Fact]
    public void The_known_settings_of_the_extension_are_those_of_the_published_options() => Assert.Equal(
        Names(typeof(DurableTaskOptions), "").Append("storageProvider:type").Order(StringComparer.OrdinalIgnoreCase),
        HostFileRules.ExtensionSettings.Order(StringComparer.OrdinalIgnoreCase),
        StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void The_known_settings_of_Azure_Storage_are_those_of_the_published_options() => Assert.Equal(
        Names(typeof(AzureStorageOptions), "").Order(StringComparer.OrdinalIgnoreCase),
        HostFileRules.AzureStorageSettings.Order(StringComparer.OrdinalIgnoreCase),
        StringComparer.OrdinalIgnoreCase);

    [Fact]
    public void Each_value_of_a_published_enumeration_is_accepted_and_no_other()
    {
        (Type Options, string Prefix)[] all =
            [(typeof(DurableTaskOptions), ""), (typeof(TraceOptions), "tracing:"), (typeof(AzureStorageOptions), "storageProvider:")];
        foreach (var (options, prefix) in all)
        {
            foreach (var setting in Settings(options).Where(setting => setting.PropertyType.IsEnum))
            {
                Assert.All(Enum.GetNames(setting.PropertyType), value => Check(prefix + setting.Name, value));
                Assert.Throws<HostStartException>(() => Check(prefix + setting.Name, "Other"));
            }
        }
    }

    [Fact]
    public void A_default_of_the_published_options_is_in_its_range()
    {
        AssertInRange(new DurableTaskOptions(), "");
        AssertInRange(new AzureStorageOptions(), "storageProvider:");
    }

    private static void AssertInRange(object options, string prefix)
    {
        foreach (var setting in Settings(options.GetType()).Where(IsValue))
        {
            if (setting.GetValue(options) is { } value)
            {
                Check(prefix + setting.Name, $"{value}");
            }
        }
    }

    private static void Check(string key, string value) => HostFileRules.Check(
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create($"extensions:durableTask:{key}", (string?)value)]).Build(),
        (setting, wrong, rule) => new HostStartException($"{setting} is {wrong}, but it {rule}"));

    private static IEnumerable<string> Names(Type options, string prefix) => Settings(options).SelectMany(
        setting => IsValue(setting) ? [prefix + setting.Name]
            : setting.Name == nameof(DurableTaskOptions.StorageProvider) ? []
            : Names(setting.PropertyType, $"{prefix}{setting.Name}:"));

    private static IEnumerable<PropertyInfo> Settings(Type options) =>
        options.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.SetMethod is { IsPublic: true });

    private static bool IsValue(PropertyInfo setting) =>
        setting.PropertyType.IsValueType || setting.PropertyType == typeof(string) || setting.PropertyType.IsArray;
}
