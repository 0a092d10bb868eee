import type { QualityStrings } from "./en-quality.js";

const quality: QualityStrings = {
  keysChanged: (name) =>
    `Die Schlüssel der Verbindung zu ${name} haben sich geändert, seit der Code verglichen wurde. Bitte noch einmal vergleichen.`,

  ask: (name) => `Warum ist es schlecht? Verbindung zu ${name}`,
  askSelf: "Warum ist es schlecht? Eigene Verbindung",
  askShort: "Warum ist es schlecht?",
  asking: "Wird untersucht…",
  evidence: "Was dafür spricht",
  helps: "Was hilft",
  culprits: {
    nothing: () => ({ title: "Im Moment ist nichts gestört", text: "Ton und Bild kommen durch, wie sie sollen." }),
    unknown: () => ({
      title: "Noch nicht bekannt",
      text: "Es besteht keine Verbindung, oder es wurde noch nichts gezählt. Bitte in einigen Sekunden noch einmal fragen.",
    }),
    "my-microphone": () => ({
      title: "Ihr Mikrofon ist stumm",
      text: "Gibt es einen Schalter am Gerät oder am Kabel? Bitte auch den Pegel in den Toneinstellungen des Systems prüfen oder ein anderes Mikrofon wählen.",
    }),
    "their-microphone": (name) => ({
      title: `Das Mikrofon von ${name} ist stumm`,
      text: "Es ist an, gibt aber keinen Ton. Vielleicht ist es am Gerät ausgeschaltet, oder es muss ein anderes gewählt werden.",
    }),
    "my-computer": () => ({
      title: "Ihr Computer ist überlastet",
      text: "Andere Programme und Tabs schließen, das Netzteil anschließen, die Kamera ausschalten oder zu einer Ansicht mit weniger Bildern wechseln.",
    }),
    "their-computer": (name) => ({
      title: `Der Computer von ${name} ist überlastet`,
      text: "Es hilft, dort andere Programme und Tabs zu schließen, das Netzteil anzuschließen oder die Kamera auszuschalten.",
    }),
    "my-uplink": () => ({
      title: "Ihr Upload ist der Engpass",
      text: "Näher an das WLAN gehen oder ein Kabel benutzen; andere Uploads anhalten, etwa Datensicherungen; die Kamera ausschalten. Der Ton geht von selbst vor.",
    }),
    "my-downlink": () => ({
      title: "Ihr Download ist der Engpass",
      text: "Näher an das WLAN gehen oder ein Kabel benutzen; andere Downloads anhalten; eingehende Bilder ausschalten.",
    }),
    "their-uplink": (name) => ({
      title: `Der Upload von ${name} ist der Engpass`,
      text: "Es hilft, dort näher an das WLAN zu gehen, ein Kabel zu benutzen, andere Uploads anzuhalten oder die Kamera auszuschalten.",
    }),
    "their-downlink": (name) => ({
      title: `Der Download von ${name} ist der Engpass`,
      text: "Es hilft, dort näher an das WLAN zu gehen, ein Kabel zu benutzen, andere Downloads anzuhalten oder eingehende Bilder auszuschalten.",
    }),
    relay: () => ({
      title: "Der Weg über das Relay ist der Engpass",
      text: "Ihre Netze lassen Sie nicht zueinander durch, deshalb geht alles über ein Relay. Ein anderes Netz oder das Abschalten eines VPN kann einen direkten Weg öffnen; der Verbindungstest zeigt, was Ihr Netz durchlässt.",
    }),
    path: () => ({
      title: "Der Weg zwischen Ihnen ist der Engpass",
      text: "Beide Seiten sind zu anderen in Ordnung, soweit bekannt. Ein anderes Netz auf einer Seite kann helfen, oder das Abschalten eines VPN; oft geht es vorbei.",
    }),
  },
  undecided: (suspects) => ({
    title: `Eines davon ist der Engpass: ${suspects}`,
    text: "Was gezählt wird, unterscheidet sie nicht. Eine weitere Person im Gespräch würde es zeigen, oder ein anderes Netz auf einer Seite. Was auf beiden Seiten oft hilft: näher an das WLAN gehen oder ein Kabel benutzen; andere Übertragungen anhalten.",
  }),
  suspects: {
    "my-uplink": () => "Ihr Upload",
    "my-downlink": () => "Ihr Download",
    "my-line": () => "Ihr Internetanschluss",
    "their-uplink": (name) => (name === "" ? "der Upload auf der anderen Seite" : `der Upload von ${name}`),
    "their-downlink": (name) => (name === "" ? "der Download auf der anderen Seite" : `der Download von ${name}`),
    "their-line": (name) =>
      name === "" ? "der Internetanschluss auf der anderen Seite" : `der Internetanschluss von ${name}`,
    relay: () => "das Relay",
  },
  facts: {
    microphone: () => "Das Mikrofon gibt keinen Ton",
    relayed: (value) => (value === "" ? "Es geht über ein Relay" : `Es geht über das Relay ${value}`),
    "others-relayed": (value, of) => `Ebenso auf ${value} von ${of} Verbindungen über Ihr Relay`,
    "others-beside": (value, of) => `Nicht so zu ${value} von ${of} anderen, die ohne Ihr Relay erreicht werden`,
    roundTripTime: (value) => `Umlaufzeit ${value}`,
    availableOutgoingBitrate: (value) => `Höchstens ${value} können gesendet werden`,
    lostSent: (value) => `${value} des Gesendeten gehen verloren`,
    lostReceived: (value) => `${value} dessen, was ankommen soll, gehen verloren`,
    jitter: (value) => `Pakete kommen bis zu ${value} neben ihrer Zeit an`,
    concealed: (value) => `${value} des Tons sind ergänzt`,
    frozen: (value) => `Das Bild steht ${value} der Zeit still`,
    framesDropped: (value) => `${value} der Bilder lassen sich nicht rechtzeitig zeigen`,
    cpuLimited: (value) => `${value} der Zeit zu beschäftigt für das Bild`,
    bandwidthLimited: (value) => `${value} der Zeit ist das Bild durch die Leitung begrenzt`,
    "others-losing-sent": (value, of) => `Ebenso zu ${value} von ${of} anderen`,
    "others-losing-received": (value, of) => `Ebenso von ${value} von ${of} anderen`,
  },
  seenHere: (fact) => `Hier: ${fact}`,
  seenThere: (fact) => `Dort: ${fact}`,

  code: "Sicherheitscode",
  codeText: (name) =>
    `Lesen Sie sich diese Ziffern vor. Sieht ${name} dieselben, ist niemand dazwischen, auch der Server nicht.`,
  noCode: "Vor der Verbindung gibt es keinen Code.",
  verify: "Als bestätigt merken",
  verifyName: (name) => `Als bestätigt merken: Code von ${name}`,
  isVerified: "Bestätigt: Diese Ziffern wurden verglichen.",
  hasChanged:
    "Die Schlüssel haben sich seit dem Vergleich der Ziffern geändert. Das ist normal nach dem Neuladen oder einer neuen Verbindung, und genau so sähe es aus, wenn jemand dazwischen wäre: Bitte noch einmal vergleichen.",

  statistics: "Statistik",
  connectionTo: "Verbindung zu",
  nobody: "Sobald noch jemand im Gespräch ist, gibt es etwas zu zählen.",
  collecting: "Die Zählung beginnt. In einigen Sekunden erscheinen Zahlen.",
  lastMinutes: "Die letzten zwei Minuten, alle zwei Sekunden ein Punkt.",
  plots: {
    bitrate: "Bitrate",
    loss: "Verlorene Pakete",
    roundTrip: "Umlaufzeit",
    frameRate: "Bildrate",
    resolution: "Auflösung",
  },
  sent: "Gesendet",
  received: "Empfangen",
  none: "–",
  frames: (count) => `${count} Bilder/s`,
  lines: (count) => `${count} Zeilen`,
  percent: (count) => `${count} %`,
  plot: (title, values) => `${title}: ${values}`,
  series: (name, value) => `${name} ${value}`,

  sharing: "Beim Teilen des Bildschirms",
  content: {
    text: {
      name: "Text bleibt scharf",
      text: "Für Dokumente und Folien. Bei schlechter Verbindung bewegt sich alles weniger flüssig.",
    },
    motion: {
      name: "Bewegung bleibt flüssig",
      text: "Für Filme und Spiele. Bei schlechter Verbindung wird das Bild unschärfer.",
    },
  },
};

export default quality;
