import { stayOff } from './stayOff';

// All that Chromium needs a background for; it runs after an installation or an update only.
stayOff();
