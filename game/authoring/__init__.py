"""What authors of packs work with: values in, values out; the commands are in `game.bench`."""
