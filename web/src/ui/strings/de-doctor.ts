import type { DoctorStrings } from "./en-doctor.js";
import { number, plural } from "./in-words.js";

const silent =
  "Diesen Test in Chromium öffnen, das mehr verrät. Meistens lässt eine Firewall den Port in der Adresse nicht durch.";
const silentUdp =
  "Den Namen in der Adresse prüfen und ihren UDP-Port (3478, wenn nichts anderes dasteht) in der Firewall des Servers und bei seinem Anbieter öffnen. Ist er offen, blockiert das Netz hier UDP.";
const silentTls =
  "Drei Dinge prüfen: Der TCP-Port in der Adresse ist offen; das Zertifikat nennt genau den Host in der Adresse und ist nicht abgelaufen; es stammt von einer Stelle, die Browser kennen, mit allen Zertifikaten dazwischen. Welches davon es ist, hat dieser Browser nicht verraten.";

const doctor: DoctorStrings = {
  language: "de",
  testing: "Test läuft…",
  progress: (done, all) =>
    `Die Wege aus diesem Netz werden getestet: ${number("de", done)} von ${number("de", all)} fertig.`,
  again: "Noch einmal testen",
  copy: "Bericht kopieren",
  copied: "Bericht kopiert",
  copyFailed: "Der Browser lässt das Kopieren nicht zu. Bitte den Text unten markieren und von Hand kopieren.",
  reportLabel: "Bericht",
  reportPrivacy:
    "Der Bericht nennt die Adressen des Servers und den Browser. Er enthält keine eigenen Adressen, keine Kennwörter und keine Namen.",
  whatToDo: "Was der Betreiber tun kann",

  verdicts: {
    works: {
      title: "Gespräche werden von hier aus funktionieren",
      text: "Das Relay ist über UDP erreichbar. Wo es keinen direkten Weg zu jemandem gibt, gehen Bild und Ton darüber.",
    },
    "only-tcp": {
      title: "Gespräche werden funktionieren, aber nur über TCP",
      text: "Dieses Netz lässt kein UDP hinaus, deshalb geht alles über TCP durch das Relay. Auf einer schlechten Leitung können Bild und Ton stocken, wo UDP weiterliefe.",
    },
    "only-tls": {
      title: "Gespräche werden funktionieren, aber nur über TLS",
      text: "Dieses Netz lässt nur verschlüsseltes TCP hinaus, wie zu Webseiten, deshalb geht alles auf diese Art durch das Relay. Auf einer schlechten Leitung können Bild und Ton stocken.",
    },
    "relay-tcp": {
      title: "Gespräche werden funktionieren; ohne direkten Weg über TCP",
      text: "UDP kommt aus diesem Netz hinaus, aber das Relay antwortet nur über TCP. Wo es keinen direkten Weg zu jemandem gibt, macht sich eine schlechte Leitung eher bemerkbar.",
    },
    "relay-tls": {
      title: "Gespräche werden funktionieren; ohne direkten Weg über TLS",
      text: "UDP kommt aus diesem Netz hinaus, aber das Relay antwortet nur über TLS. Wo es keinen direkten Weg zu jemandem gibt, macht sich eine schlechte Leitung eher bemerkbar.",
    },
    "relay-fails": {
      title: "Gespräche mit manchen in anderen Netzen werden wohl scheitern: Kein Relay funktioniert",
      text: "Dieses Netz ist von außen zu finden, viele direkte Wege werden also gehen. Wo eine strenge Firewall oder ein Router das Relay nötig macht, gibt es keinen Weg.",
    },
    "nothing-works": {
      title: "Gespräche mit anderen Netzen werden wohl scheitern: Kein Relay funktioniert",
      text: "Weder ein direkter Weg aus diesem Netz noch ein Relay wurde gefunden. Wer im selben Netz ist, bleibt erreichbar.",
    },
    "no-relay": {
      title: "Die meisten Gespräche werden funktionieren, aber dieser Server bietet kein Relay",
      text: "Dieses Netz ist von außen zu finden. Zwischen strengen Firewalls oder Routern hilft nur ein Relay, und es gibt keins.",
    },
    "own-network": {
      title:
        "Gespräche werden innerhalb eines Netzes funktionieren: Dieser Server bietet keinen brauchbaren Weg hinaus",
      text: "Ohne STUN und Relay kennen Browser nur die Adressen ihres eigenen Netzes.",
    },
    "no-webrtc": {
      title: "Gespräche werden nicht funktionieren: Dieser Browser hat kein WebRTC",
      text: "Er ist zu alt, oder WebRTC ist darin abgeschaltet. Bitte einen anderen Browser versuchen.",
    },
    "server-unreachable": {
      title: "Gespräche werden nicht funktionieren: Der Server ist nicht erreichbar",
      text: "Bitte prüfen, ob Sie online sind, und noch einmal testen. Bleibt es dabei, läuft der Server vielleicht nicht, oder etwas auf dem Weg lässt die Verbindung nicht durch.",
    },
    "server-old": {
      title: "Das lässt sich nicht testen: Der Server kennt diesen Test nicht",
      text: "Seine Version ist älter, oder er ist zu beschäftigt, um zu antworten. Gespräche können trotzdem funktionieren.",
    },
    "server-busy": {
      title: "Das lässt sich gerade nicht testen: Der Server ist beschäftigt",
      text: "Mehr Tests kann er nicht tragen. Bitte in einer Minute erneut versuchen. Gespräche können trotzdem funktionieren.",
    },
    "network-busy": {
      title: "Das lässt sich gerade nicht testen: Aus diesem Netz laufen zu viele Tests",
      text: "Wer hinter demselben Router ist, teilt dessen Adresse, und von einer Adresse trägt der Server nur eine gewisse Zahl von Tests. Bitte in einer Minute erneut versuchen. Gespräche können trotzdem funktionieren.",
    },
    "too-often": {
      title: "Das lässt sich gerade nicht testen: Der Test wurde aus diesem Netz zu oft gestartet",
      text: "Der Server zählt die Tests von einer Adresse und erlaubt nur eine gewisse Zahl in der Minute. Bitte in einer Minute erneut versuchen. Gespräche können trotzdem funktionieren.",
    },
  },

  someFail: (count) =>
    plural("de", count, {
      one: "Einer der Wege unten geht nicht: Wer in einem strengeren Netz ist, braucht ihn vielleicht.",
      other: "# der Wege unten gehen nicht: Wer in einem strengeren Netz ist, braucht sie vielleicht.",
    }),

  states: {
    testing: "wird getestet",
    works: "geht",
    failed: "geht nicht",
    unclear: "unklar",
    absent: "nicht angeboten",
  },

  server: "Verbindung zum Server",
  transports: { websocket: "über WebSocket", polling: "über HTTP-Long-Polling" },
  serverTook: (took) => `verbunden in ${took}`,
  pollingText:
    "Auch so funktionieren Gespräche, sie beginnen nur etwas langsamer. Ein Proxy dazwischen gibt WebSockets nicht weiter: Der Betreiber kann Upgrades unterhalb von /socket.io/ erlauben.",
  serverFailed: "Es kam keine Verbindung zustande.",

  device: "Adressen dieses Geräts",
  deviceNone:
    "Dieser Browser nennt keine einzige Adresse des Geräts: Eine Richtlinie oder Erweiterung lässt nur Proxys zu.",
  deviceReached: "Die Seite hat sich selbst darüber erreicht.",
  deviceNotReached:
    "Die Seite hat sich selbst nicht darüber erreicht. Bei verborgenen Adressen muss das nichts heißen; sonst ist vielleicht eine Firewall auf diesem Gerät im Weg.",
  hiddenAddresses: (count) => `${number("de", count)} vom Browser verborgen`,
  addresses: (count, family, scope) => `${number("de", count)} × ${family} (${scope})`,
  families: { ipv4: "IPv4", ipv6: "IPv6" },
  scopes: {
    hidden: "verborgen",
    unspecified: "keine",
    loopback: "nur dieses Gerät",
    private: "eigenes Netz",
    public: "öffentlich",
  },

  legs: {
    stun: "Adresse von außen gesehen (STUN)",
    "relay-udp": "Relay über UDP",
    "relay-tcp": "Relay über TCP",
    "relay-tls": "Relay über TLS",
  },
  absent: {
    stun: "Ohne das wissen Browser hinter einem Router nicht, wo andere sie finden könnten.",
    "relay-udp": "Es hilft, wenn es keinen direkten Weg gibt.",
    "relay-tcp": "Es hilft, wo ein Netz kein UDP hinauslässt.",
    "relay-tls": "Es hilft, wo ein Netz nur hinauslässt, was wie Webseiten aussieht.",
  },
  roundTrip: (time) => `Umlaufzeit ${time}`,
  answered: (time) => `Antwort nach ${time}`,
  translated: "Andere können dieses Netz von außen finden.",
  untranslated: "Der Server sieht die eigene Adresse des Geräts: Dazwischen ist kein Router, der sie ändert.",
  unclear: "Es kam keine Antwort, und dieser Browser sagt nicht, ob es eine gab.",
  relayWorks: "Daten gingen zum Relay und zurück.",
  relayAddress: (address, scope) =>
    `Das Relay vergibt ${address}, eine Adresse, die ${scope === "private" ? "nur sein eigenes Netz erreicht" : "sonst niemand erreicht"}.`,
  relayAddressAdvice: (scope) =>
    scope === "private"
      ? "Sollen Gespräche aus anderen Netzen möglich sein, die externe Adresse des Servers (Parley:Turn:External) auf die setzen, die das Internet sieht."
      : "Dieser Server ist nur für den eigenen Rechner da. Für andere muss er dafür gestartet werden: mit Zertifikat oder hinter einem Proxy.",

  failures: {
    stun: "Andere in anderen Netzen finden dieses Gerät vielleicht nicht.",
    "relay-udp": "Gibt es keinen direkten Weg, müssen Gespräche über TCP gehen oder scheitern.",
    "relay-tcp": "Aus Netzen, die kein UDP hinauslassen, scheitern Gespräche, wenn TLS nicht geht.",
    "relay-tls": "Aus Netzen, die nur Webseiten durchlassen, scheitern Gespräche.",
  },
  noTls: "Es kam keine verschlüsselte Verbindung zustande.",
  causes: {
    "no-answer": "Es kam keine Antwort.",
    certificate:
      "Der Port ist offen, aber die verschlüsselte Verbindung scheitert: Dieser Browser nimmt das Zertifikat nicht an, das der Server dort zeigt.",
    "unknown-name": "Der Name des Servers führt nirgendwohin.",
    credentials: "Der Server hat Benutzername oder Kennwort abgelehnt.",
    forbidden: "Der Server verbietet es.",
    quota: "Der Server hat so viele Relays vergeben, wie er einer Person erlaubt.",
    capacity: "Der Server hat keine Relays mehr zu vergeben.",
    error: "Der Server antwortete mit einem Fehler.",
    untold: "Es kam keine Adresse, und dieser Browser sagt nicht, warum.",
    "no-data": "Das Relay gab eine Adresse, aber keine Daten kamen hindurch.",
    "refused-by-browser": "Dieser Browser nimmt eine solche Adresse nicht.",
  },
  advice: {
    "no-answer": {
      stun: silentUdp,
      "relay-udp": silentUdp,
      "relay-tcp":
        "Den Namen in der Adresse prüfen und ihren TCP-Port in der Firewall des Servers und bei seinem Anbieter öffnen. Ist er offen, blockiert ihn das Netz hier.",
      "relay-tls": silentTls,
    },
    certificate:
      "Das Zertifikat des Relays ansehen. Es muss genau den Host in der Adresse oben nennen, gültig sein und von einer Stelle stammen, die Browser kennen, mit allen Zertifikaten dazwischen (fullchain.pem, nicht cert.pem). Eine für die Seite weggeklickte Warnung gilt hier nicht.",
    "unknown-name": "Den Namen in der Adresse oder seinen Eintrag im DNS berichtigen.",
    credentials:
      "Prüfen, ob beide Server dasselbe Geheimnis und denselben Realm haben und ihre Uhren übereinstimmen: Zugangsdaten enden zu einer Uhrzeit.",
    forbidden: "Das Relay lehnt diese Person oder die Gegenstelle ab. Nachsehen, was seine Konfiguration verbietet.",
    quota: "Die Zahl der Relays je Person erhöhen oder warten, bis alte beendet sind.",
    capacity: "Den Bereich der Relay-Ports erweitern oder dem Server mehr Platz geben.",
    error: "Nummer und Text sagen mehr; im Protokoll des Relays steht dasselbe.",
    untold: {
      stun: silent,
      "relay-udp": silent,
      "relay-tcp": silent,
      "relay-tls": silentTls,
    },
    "no-data":
      "Den Bereich der Relay-Ports (UDP) in der Firewall des Servers öffnen und seine externe Adresse (Parley:Turn:External) setzen: Das Relay muss seine eigene Adresse von innen erreichen.",
    "refused-by-browser": "Die Adresse so schreiben, wie diese Art Browser sie nimmt, oder sie weglassen.",
  },
  fault: (code, text) => (text === "" ? `Fehler ${code}` : `Fehler ${code}: ${text}`),

  report: {
    title: "Parley-Verbindungstest",
    server: "Server",
    browser: "Browser",
    verdict: "Ergebnis",
  },
};

export default doctor;
