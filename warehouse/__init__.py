"""Read results in, tables out: one writer, one published snapshot."""
