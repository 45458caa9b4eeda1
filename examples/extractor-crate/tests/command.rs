//! The five lines of `src/main.rs` are a whole `prill`.

use std::process::Command;

fn prill(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_prill-with-zstd"))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn it_reads_the_format_without_being_told() {
    let json = prill(&["extract", "--json", "samples/levels/stdout"]);
    assert!(json.contains(r#""format":"zstd""#) && json.contains("compression.ratio"), "{json}");
}

#[test]
fn it_knows_the_formats_that_come_with_prill_too() {
    let formats = prill(&["formats"]);
    for name in ["zstd", "fio", "exit-code"] {
        assert!(formats.lines().any(|line| line.split_whitespace().next() == Some(name)), "{name} in {formats}");
    }
}
