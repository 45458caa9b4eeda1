//! Servers for clients that measure: on the loopback interface, on a port of their own, gone with the value.

use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::time::Instant;

use prill::prelude::*;

/// A server has this long to take connections.
const START: Duration = Duration::from_secs(20);

/// A port that is free now.
pub(super) fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    listener.local_addr().unwrap().port()
}

/// Waits until somebody takes connections on `port`. The payload must live meanwhile.
pub(super) fn wait_for(port: u16, server: &mut PayloadHandle<'_>) {
    let deadline = Instant::now() + START;
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        assert!(server.try_wait().unwrap().is_none(), "{} has ended before it took a connection", server.payload_name());
        assert!(Instant::now() < deadline, "{} takes no connection on port {port}", server.payload_name());
        std::thread::sleep(Duration::from_millis(10));
    }
}
