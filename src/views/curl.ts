export { curlCommand } from '../dashly/listRequest';
