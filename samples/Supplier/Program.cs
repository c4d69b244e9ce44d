using Supplier;

await SupplierApp.Build(args).RunAsync();
