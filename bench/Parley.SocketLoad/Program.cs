using Parley.SocketLoad;

return CommandLine.Make().Parse(args).Invoke();
