# What both runs need. To be sourced, in the folder of this file.

dotnet build ../../samples/TurnOnly --configuration Release --verbosity quiet --nologo
dotnet build ../Parley.TurnLoad --configuration Release --verbosity quiet --nologo
