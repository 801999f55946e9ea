"""One dated, sourced account per child; facts derived from it, each with the events it rests on."""
