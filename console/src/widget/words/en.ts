import type { zh } from "./zh";

export const en: typeof zh = {
  open: "Chat with us",
  unread: (n) => `Chat with us, new messages: ${n}`,
  chat: (shop) => (shop ? `Chat with ${shop}` : "Chat"),
  close: "Close the chat",
  menu: "More",
  messages: "Messages",
  loading: "Reading the conversation…",

  authors: { shopper: "You", ai: "Assistant", person: "Support", system: "Note" },
  person: (name) => name,
  says: (who, when) => `${who}, ${when}:`,
  removed: "This message was removed",

  states: {
    new: "AI assistant",
    ai: "AI assistant",
    waiting: "Connecting you with a person…",
    person: "You are talking to a person",
    closed: "This conversation has ended",
  },
  hours: (opens, closes) => `people ${opens}–${closes}`,
  typing: "Typing…",
  today: (time) => time,
  yesterday: (time) => `Yesterday ${time}`,
  newer: "New messages",

  placeholder: "Ask us anything…",
  message: "Message",
  send: "Send",
  left: (n) => `Characters left: ${n}`,
  picture: "Send a picture",
  dropPicture: "Drop to add the picture",
  attached: "Pictures to send",
  takeOut: "Do not send this one",
  notPicture: "This file is not a picture that can be opened. JPG, PNG and WebP are fine.",
  tooManyPictures: (n) => `At most ${n} pictures at a time.`,
  quickReplies: "Often asked",

  sending: "Sending",
  waits: "Will be sent once you are online",
  notSent: "Not sent",
  again: "Send again",
  discard: "Delete",

  pictureFrom: (who) => `Picture from ${who}, open it large`,
  pictureFailed: "The picture did not open. Try again",
  enlarged: "Picture",
  closePicture: "Close the picture",

  price: "Price",
  was: "Before",
  opensNewTab: "(opens in a new tab)",

  askPerson: "Talk to a person",
  rate: "Rate our service",
  rating: {
    title: "How did we do?",
    stars: ["Very poor", "Poor", "Fair", "Good", "Very good"],
    words: "Anything to add (optional)",
    submit: "Send rating",
    later: "Not now",
    thanks: "Thank you. We take it to heart.",
  },

  offline: "You are offline. What you write is kept and sent once you are back.",
  reconnecting: "Connection lost, reconnecting…",
  gone: "The chat is closed",
  goneHint: "This shop does not offer a chat at the moment.",
  unwelcome: "This page may not carry the chat",
  problem: "That did not work. Please try again later.",
};
