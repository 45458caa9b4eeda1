use std::collections::HashMap;

use prill_core::scan::{Search, number};

/// Who counted what a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Role {
    Sender,
    Receiver,
}

impl Role {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Sender => "sender",
            Self::Receiver => "receiver",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Sender => Self::Receiver,
            Self::Receiver => Self::Sender,
        }
    }
}

/// What banners and connections say of the roles.
#[derive(Debug, Default)]
pub(crate) struct Roles<'t> {
    /// Ports that this process connects to, or listens on.
    client: Vec<&'t str>,
    server: Vec<&'t str>,
    streams: HashMap<&'t str, Role>,
    /// How many of the streams are senders.
    senders: usize,
    /// Some connection carries both directions (`--full-duplex`).
    duplex: bool,
}

impl<'t> Roles<'t> {
    /// `Client connecting to 10.0.0.2, TCP port 5001`, `Server listening on UDP port 5001 with pid 9`; true when it is one.
    pub(crate) fn banner(&mut self, line: &'t str) -> bool {
        let ports = if line.starts_with("Client connecting to ") {
            &mut self.client
        } else if line.starts_with("Server listening on ") {
            &mut self.server
        } else {
            return false;
        };
        let port = line.cut(" port ").and_then(|(_, rest)| number::leading(rest)).map(|(port, _)| port);
        ports.extend(port.filter(|port| !ports.contains(port)));
        true
    }

    /// `local 127.0.0.1 port 5001 connected with 127.0.0.1 port 54578 (reverse) ..` of the stream `id`; true when it is one.
    pub(crate) fn connection(&mut self, id: &'t str, line: &'t str) -> bool {
        let Some((local, remote)) = line.strip_prefix("local ").and_then(|line| line.cut(" connected with ")) else {
            return false;
        };
        let port = |text: &'t str| text.cut(" port ").and_then(|(_, rest)| number::leading(rest)).map(|(port, _)| port);
        let has = |ports: &[&str], port: Option<&str>| port.is_some_and(|port| ports.contains(&port));
        let role = if has(&self.client, port(remote)) || (self.server.is_empty() && self.client.is_empty()) {
            Role::Sender
        } else if has(&self.server, port(local)) || self.client.is_empty() {
            Role::Receiver
        } else {
            // The banner of a client may stand behind the line of its connection.
            Role::Sender
        };
        self.duplex |= line.has(" (full-duplex)");
        let reversed = line.has(" (reverse)") && !id.starts_with('*');
        let role = if reversed { role.other() } else { role };
        let before = self.streams.insert(id, role);
        self.senders += usize::from(role == Role::Sender);
        self.senders -= usize::from(before == Some(Role::Sender));
        true
    }

    /// The role of the rows of a stream; a star marks the other direction of a connection. Of a sum that of all streams,
    /// where it is one: that of a full duplex adds up what was sent and what was received.
    pub(crate) fn of(&self, id: &str) -> Option<Role> {
        if !id.trim_start_matches('*').bytes().all(|b| b.is_ascii_digit()) {
            let all = if self.senders > 0 { Role::Sender } else { Role::Receiver };
            let is_one = !self.duplex && (self.senders == 0 || self.senders == self.streams.len());
            return (is_one && !self.streams.is_empty() && !id.starts_with("FD")).then_some(all);
        }
        if let Some(role) = self.streams.get(id) {
            return Some(*role);
        }
        let plain = id.strip_prefix('*')?;
        let role = *self.streams.get(plain)?;
        // `-R` marks its rows too, whose connection says it already.
        Some(if self.is_client() && role == Role::Receiver { role } else { role.other() })
    }

    fn is_client(&self) -> bool {
        !self.client.is_empty() && self.server.is_empty()
    }

    /// Whether this process serves and does nothing else.
    pub(crate) fn is_server(&self) -> bool {
        self.client.is_empty() && !self.server.is_empty()
    }
}
