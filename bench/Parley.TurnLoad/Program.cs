using Parley.TurnLoad;

return CommandLine.Make().Parse(args).Invoke();
