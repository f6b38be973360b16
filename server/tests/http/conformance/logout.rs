//! `oidcc-rp-initiated-logout-certification-test-plan` and
//! `oidcc-backchannel-rp-initiated-logout-certification-test-plan`.

use super::suite::Mode;

logout_plan!(Mode::Query);
