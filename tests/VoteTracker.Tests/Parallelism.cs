// Each test has its own app, folder and database. A fixture that measures memory says that it runs alone.
[assembly: Parallelizable(ParallelScope.Fixtures)]
