/**
 * Which signs do not wait for the next visit, in the words a resident is told them.
 * @source 国家基层高血压防治管理指南 2025版 急症转诊；脑卒中识别“中风120”；平台用语
 */
export const seeDoctorNow =
  '剧烈头痛、胸口疼、喘不上气、半边手脚没劲、说话不清、看东西突然模糊、意识不清：马上打 120。';
