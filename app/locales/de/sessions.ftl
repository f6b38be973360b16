# Die angemeldeten Browser.

sessions-lead = Die Browser, in denen Sie angemeldet sind. Melden Sie ab, was Sie nicht kennen.
sessions-browser = Browser
sessions-address = Adresse
sessions-signed-in = Angemeldet
sessions-last-active = Zuletzt aktiv
sessions-this-device = Dieses Gerät
sessions-details = Einzelheiten
sessions-only-here = Sie sind nur hier angemeldet
sessions-only-here-next = Ein Browser erscheint in dieser Liste, wenn Sie sich damit anmelden.
sessions-end-others = Überall sonst abmelden
sessions-end-others-question = Überall sonst abmelden?
sessions-end-others-text = { $count ->
    [one] Sie werden in { $count } anderen Browser abgemeldet. Dieser bleibt angemeldet.
   *[other] Sie werden in { $count } anderen Browsern abgemeldet. Dieser bleibt angemeldet.
  }
sessions-ended = Sitzung abgemeldet
sessions-others-ended = { $count ->
    [one] { $count } andere Sitzung abgemeldet
   *[other] { $count } andere Sitzungen abgemeldet
  }
sessions-no-others = Sie waren nur hier angemeldet

device-on = { $browser } auf { $system }
device-unknown = Unbekannter Browser
device-unknown-on = Unbekannter Browser auf { $system }
