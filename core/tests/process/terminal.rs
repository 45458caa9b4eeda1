//! A payload that inherits a terminal.

use std::time::Duration;

use prill_core::process::{Command, End, Stdin};

/// Runs `cat` with the inherited stdin, then reads the terminal itself: both must be able to.
fn at_the_terminal() -> i32 {
    let ended = Command::new("head").args(["-n", "1"]).stdin(Stdin::Inherit).run(Some(Duration::from_secs(60))).unwrap();
    assert_eq!(ended.end, End::Exited(0), "{}", String::from_utf8_lossy(ended.stderr.head()));
    println!("payload read {:?}", String::from_utf8_lossy(ended.stdout.head()));
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).unwrap();
    println!("harness read {line:?}");
    0
}
prill_core::register_builtin!("at-the-terminal", at_the_terminal);

scenario! {
    /// `script` (util-linux) gives a terminal.
    fn the_terminal_goes_to_the_payload_and_comes_back() {
        let exe = std::env::current_exe().unwrap();
        let command = format!("PRILL_BUILTIN=at-the-terminal {}", exe.display());
        let script = Command::new("script").args(["-qec", &command, "/dev/null"]);
        let ended = script.stdin(Stdin::Bytes(b"first\nsecond\n".to_vec())).run(Some(Duration::from_secs(120))).unwrap();
        let said = String::from_utf8_lossy(ended.stdout.head()).into_owned();
        assert!(said.contains(r#"payload read "first\n""#), "{said}");
        assert!(said.contains(r#"harness read "second\n""#), "{said}");
    }
}

scenario! {
    fn an_inherited_stdin_that_is_no_terminal_is_just_read() {
        let outer = prill_core::process::builtin_command("at-the-terminal");
        let ended = outer.stdin(Stdin::Bytes(b"first\n".to_vec())).run(None).unwrap();
        assert!(String::from_utf8_lossy(ended.stdout.head()).contains(r#"payload read "first\n""#));
    }
}
