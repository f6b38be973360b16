# Der Rahmen jeder Seite: Kopf, Fuß, Dialoge, Tage und Stunden.

language-name = Deutsch
language-direction = ltr

skip = Zum Inhalt springen
title-error = Fehler: { $page }
problem = Etwas stimmt nicht
ok = OK
cancel = Abbrechen
column-actions = Aktionen
never-used = Nie benutzt
try-again = Noch einmal versuchen

tokens-not-loaded = Ihre Tokens konnten nicht geladen werden. Es hat sich nichts geändert.
sessions-not-loaded = Ihre Sitzungen konnten nicht geladen werden. Es hat sich nichts geändert.
connections-not-loaded = Ihre verbundenen Anwendungen konnten nicht geladen werden. Es hat sich nichts geändert.

nav-main = Hauptnavigation
account = Konto
tokens-and-sessions = Tokens und Sitzungen
api-menu = </> API
admin = Verwaltung
user-menu = Benutzermenü, angemeldet als { $user }
signed-in-as = Angemeldet als { $user }
sign-out = Abmelden

language = Sprache
language-change = Sprache ändern

tab-tokens = Tokens
tab-sessions = Sitzungen
tab-applications = Verbundene Anwendungen

date = { $day }. { $month } { $year }
hour = { $clock } Uhr UTC
moment = { $date }, { $clock } Uhr UTC
month-1 = Jan.
month-2 = Feb.
month-3 = März
month-4 = Apr.
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = Aug.
month-9 = Sept.
month-10 = Okt.
month-11 = Nov.
month-12 = Dez.
privacy = Datenschutz
terms = Nutzungsbedingungen
help = Hilfe

secret-copied = { $what } kopiert
pages = Seiten
pages-newer = Neuere
pages-older = Ältere
pages-place = Seite { $page } von { $pages }
